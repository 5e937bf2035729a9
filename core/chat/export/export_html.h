// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_writer.h"

namespace parlour::chat {

/// One page that needs nothing else and runs nothing.
class HtmlRoomWriter final : public RoomWriter
{
public:
    HtmlRoomWriter(QIODevice &device, const ExportLook &look)
        : RoomWriter(device)
        , m_look(look)
    {
    }

protected:
    QByteArray beginning(const ExportHead &head) override;
    QByteArray written(const ExportEntry &entry) override;
    QByteArray ending() override;

private:
    QString startOf(const ChatMessage &message);

    ExportLook m_look;
    QDate m_day; ///< of the message before, like the next two
    QString m_sender;
    qint64 m_time = 0;
    bool m_isMissing = false; ///< what stands before this
};

} // namespace parlour::chat
