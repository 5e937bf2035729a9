// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_writer.h"
#include "client/host_address.h"
#include "client/host_client.h"

#include <QHash>
#include <QObject>
#include <QSaveFile>
#include <QTemporaryFile>
#include <QTimer>

#include <memory>
#include <optional>

namespace parlour::client {

/// Writes a room into a file as a client has it: of a host page by page, the newest first, and so
/// kept in a temporary file until all are there; or, while there is no host, what the store kept.
/// The file appears whole or not at all. Lives in the thread that made it; delete it with
/// deleteLater() from a slot of its signals, at any time: that is how it is cancelled.
class RoomExport final : public QObject
{
    Q_OBJECT
public:
    struct Request {
        QString file;
        QString room;
        QString topic;
        chat::HostInfo host;
        chat::ExportFormat format = chat::ExportFormat::Json;
        chat::ExportLook look = {};
        QString note = {}; ///< as ExportHead::note
        /// Before a host is asked again for what it did not hand out.
        std::chrono::milliseconds pause = std::chrono::milliseconds(500);
    };

    explicit RoomExport(Request request, QObject *parent = nullptr);
    ~RoomExport() override;

    /// Over a connection of its own, so that nothing waits for it that people read meanwhile; by a
    /// further one of the same person. A link that is lost is waited for.
    void readHost(const HostAddress &address, ClientOptions options);
    /// What is kept of the room; `store` outlives this. Where something is missing of it, the file
    /// says so in its place.
    void readStore(HostStore &store);
    /// Sentences that say what of the room is not in the file; empty: nothing is missing.
    QString missing() const { return m_missing; }

Q_SIGNALS:
    /// Of about so many entries.
    void progressed(qint64 done, qint64 total);
    /// The host is away, or there again.
    void waitingChanged(bool isWaiting);
    void finished();
    /// A sentence that says what happened. Nothing was written.
    void failed(const QString &sentence);

private:
    struct Piece {
        qint64 at = 0; ///< in the spool
        qint64 size = 0;
    };

    bool openFiles();
    void linkChanged(const chat::Link &link);
    void take(const chat::HistoryFrame &page);
    void begin(const chat::Position &end);
    void keep(const chat::HistoryFrame &page);
    void noteChange(const chat::ChatMessage &message);
    void askNext();
    void askStore(HostStore &store);
    void noteMissing(HostStore &store);
    bool isMissing(qint64 number) const;
    void startWriting();
    void writeNext();
    bool write(const chat::HistoryFrame &page);
    void quoteAsItIsNow(chat::ChatMessage &message) const;
    bool fillUpTo(qint64 number);
    bool put(const QList<chat::ExportEntry> &entries);
    std::optional<chat::HistoryFrame> takePiece();
    void end();
    void fail(const QString &sentence);

    Request m_request;
    HostClient *m_client = nullptr; ///< a child; null: the store is read
    QSaveFile m_file;
    QTemporaryFile m_spool;
    QList<Piece> m_pieces; ///< the newest page first
    QHash<qint64, chat::ChatMessage> m_changed; ///< by number, since it was read
    std::optional<chat::Position> m_end; ///< of what is exported; none: not known yet
    qint64 m_first = 0; ///< the oldest number that is here
    qint64 m_nextNumber = 0; ///< to be written
    qint64 m_firstTime = 0; ///< of the oldest message that is kept, ms UTC
    bool m_hasEarlier = false; ///< something of an earlier epoch is kept
    chat::NumberRanges m_known; ///< of which the store knows what they were given to
    QString m_missing;
    int m_unanswered = 0; ///< questions, one after the other
    std::unique_ptr<chat::RoomWriter> m_writer; ///< null: it is still read
    QTimer m_next; ///< the next step
    bool m_hasEnded = false;
};

} // namespace parlour::client
