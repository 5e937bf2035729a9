// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/room_writer.h"

#include "chat/export/export_html.h"
#include "chat/export/export_json.h"
#include "chat/export/export_text.h"

#include <QIODevice>

namespace parlour::chat {

std::unique_ptr<RoomWriter> RoomWriter::make(ExportFormat format, QIODevice &device,
                                             const ExportLook &look)
{
    switch (format) {
    case ExportFormat::Html:
        return std::make_unique<HtmlRoomWriter>(device, look);
    case ExportFormat::Text:
        return std::make_unique<TextRoomWriter>(device, look);
    case ExportFormat::Json:
        break;
    }
    return std::make_unique<JsonRoomWriter>(device);
}

RoomWriter::~RoomWriter() = default;

Expected<void> RoomWriter::begin(const ExportHead &head)
{
    return put(beginning(head));
}

Expected<void> RoomWriter::write(const QList<ExportEntry> &entries)
{
    QByteArray bytes;
    for (const ExportEntry &entry : entries)
        bytes += written(entry);
    return put(bytes);
}

Expected<void> RoomWriter::end()
{
    return put(ending());
}

Expected<void> RoomWriter::put(const QByteArray &bytes)
{
    if (m_device.write(bytes) == bytes.size())
        return {};
    return Error{QStringLiteral("output"), m_device.errorString()};
}

QString printable(const QString &text, bool isName)
{
    QString shown = text;
    for (QChar &c : shown) {
        const bool breaksLine = c == u'\n' || c == u'\t';
        const bool isSeparator = c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
        if (isName && (breaksLine || isSeparator))
            c = u' ';
        else if (!breaksLine && c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    return shown;
}

} // namespace parlour::chat
