// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <initializer_list>

namespace parlour::redis {

/// One command with its arguments, in the form in which it is sent. A value.
class RedisCommand
{
public:
    /// The first word is the command's name; the others are any bytes.
    explicit RedisCommand(const QByteArrayList &words);
    RedisCommand(std::initializer_list<QByteArray> words);

    /// For people; the arguments may be secret.
    const QByteArray &name() const { return m_name; }
    /// RESP, as it goes over the wire.
    const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_name;
    QByteArray m_bytes;
};

} // namespace parlour::redis
