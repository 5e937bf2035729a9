// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/room_export.h"

#include <QDate>
#include <QLocale>
#include <QTimeZone>

#include <memory>
#include <optional>

class QIODevice;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

/// What exports for people say in their own words.
struct ExportWords {
    QString exported = QStringLiteral("Exported from “%1” on %2"); ///< host, date and time
    QString topic = QStringLiteral("Topic: %1");
    QString zone = QStringLiteral("Times are those of %1.");
    QString edited = QStringLiteral("edited");
    QString deleted = QStringLiteral("Message removed");
    QString missing = QStringLiteral("Messages are missing here");
    QString lostQuote = QStringLiteral("a message that is not here");
};

/// How exports for people look. JSON is the same for all.
struct ExportLook {
    ExportWords words = {};
    QLocale locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    QTimeZone zone = QTimeZone::utc();
};

/// Writes a room page by page, so that the largest takes little memory: begin(), then write() for
/// each page, oldest first, then end(). A value of one thread. Each call fails (output) where the
/// device does not take all; what is in it then is of no use.
class RoomWriter
{
public:
    /// `device` is open, and outlives the writer.
    static std::unique_ptr<RoomWriter> make(ExportFormat format, QIODevice &device,
                                            const ExportLook &look = {});

    RoomWriter(const RoomWriter &) = delete;
    RoomWriter &operator=(const RoomWriter &) = delete;
    virtual ~RoomWriter();

    Expected<void> begin(const ExportHead &head);
    Expected<void> write(const QList<ExportEntry> &entries);
    Expected<void> end();

protected:
    explicit RoomWriter(QIODevice &device)
        : m_device(device)
    {
    }

    virtual QByteArray beginning(const ExportHead &head) = 0;
    virtual QByteArray written(const ExportEntry &entry) = 0;
    virtual QByteArray ending() = 0;

private:
    Expected<void> put(const QByteArray &bytes);

    QIODevice &m_device;
};

/// Without what would break out of its line, or command the terminal that shows it. `isName`: it
/// has one line.
QString printable(const QString &text, bool isName = false);

} // namespace parlour::chat
