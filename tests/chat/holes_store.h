// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"

namespace parlour::tests {

/// Remembers, of all that a host keeps, what is missing of others; and is the same host at each
/// start.
class HolesStore final : public chat::HouseStore
{
public:
    Memory memory() const override
    {
        Memory memory{m_hostId, {}, {}};
        memory.holes = holes;
        return memory;
    }
    void keepRoom(const chat::KeptRoom &) override { }
    void forgetRoom(const QString &) override { }
    void keepToken(const chat::KeptToken &) override { }
    void forgetToken(const QByteArray &) override { }
    void keepRead(const chat::KeptRead &) override { }
    void forgetRead(const QString &, const QString &) override { }
    void keepHole(const chat::KeptHole &hole) override { holes.append(hole); }
    void forgetHole(const QString &host, const QString &room) override
    {
        holes.removeIf([&](const auto &hole) { return hole.host == host && hole.room == room; });
    }

    QList<chat::KeptHole> holes;

private:
    QString m_hostId = chat::newHostId();
};

} // namespace parlour::tests
