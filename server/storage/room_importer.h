// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/room_export.h"

#include <QObject>

#include <functional>
#include <memory>

namespace parlour::storage {

class LogImport;
class SqliteRoomLog;
class Store;

using channels::Error;
using channels::Expected;

/// Brings an export into a host that runs: the file is read in the storage thread, between what the
/// host itself keeps there. One at a time. Lives in the server thread.
class RoomImporter final : public QObject
{
    Q_OBJECT
public:
    struct Result {
        QString room;
        QString topic;
        qint64 messages = 0;
        qint64 oldest = 0; ///< as LogImport::oldest()
    };
    /// `store` and `log` outlive it.
    RoomImporter(Store &store, SqliteRoomLog &log, QObject *parent = nullptr);
    ~RoomImporter() override;

    /// `as`: the room's title, as checkRoomTitle() gives it; empty: as the file says. `whyNot` is
    /// asked whether a room may get a log, before the file is read and when it was. `done` comes
    /// when the room has it, or with what was wrong.
    using WhyNot = std::function<std::optional<Error>(const QString &room)>;
    using Done = std::function<void(const Expected<Result> &)>;
    void start(const QString &path, const QString &as, WhyNot whyNot, Done done);
    /// What is on its way fails with cancelled, unless it is whole already.
    void cancel();
    /// What is on its way fails with closed, also where it only waits to be the room's: the log has
    /// been closed.
    void giveUp();

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);

private:
    void begun(const Expected<chat::ExportHead> &head);
    std::optional<Error> whyNot() const;
    void step();
    void stepped(const Expected<bool> &more, qint64 taken);
    template <typename Work>
    void inStorage(Work work);
    void adopt();
    void end(const Expected<Result> &result);

    Store &m_store;
    SqliteRoomLog &m_log;
    std::shared_ptr<LogImport> m_import; ///< used and destroyed in the storage thread; null: none
    quint64 m_run = 0; ///< counts the imports: what an ended one says is passed over
    chat::ExportHead m_head;
    bool m_isWhole = false; ///< and becomes the room's
    QString m_room;
    WhyNot m_whyNot;
    Done m_done;
};

} // namespace parlour::storage
