// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_writer.h"

namespace parlour::chat {

/// A line for what was said, "[2026-11-26 10:31] Ann: text", and indented ones for what goes on.
class TextRoomWriter final : public RoomWriter
{
public:
    TextRoomWriter(QIODevice &device, const ExportLook &look)
        : RoomWriter(device)
        , m_look(look)
    {
    }

protected:
    QByteArray beginning(const ExportHead &head) override;
    QByteArray written(const ExportEntry &entry) override;
    QByteArray ending() override;

private:
    ExportLook m_look;
    bool m_isMissing = false; ///< what stands before this
};

/// "Europe/Moscow (UTC+03:00)", as it was at that time, ms UTC.
QString nameOf(const QTimeZone &zone, qint64 time);

} // namespace parlour::chat
