// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_writer.h"

namespace parlour::chat {

/// One JSON document with an entry a line, which JsonRoomReader makes the same log of.
class JsonRoomWriter final : public RoomWriter
{
public:
    explicit JsonRoomWriter(QIODevice &device)
        : RoomWriter(device)
    {
    }

protected:
    QByteArray beginning(const ExportHead &head) override;
    QByteArray written(const ExportEntry &entry) override;
    QByteArray ending() override;

private:
    bool m_hasEntries = false;
};

/// As documents call it; empty: none of them.
QString nameOf(ExportEntry::Kind kind);

} // namespace parlour::chat
