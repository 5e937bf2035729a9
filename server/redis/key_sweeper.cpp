// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/key_sweeper.h"

namespace parlour::redis {

using channels::Expected;

namespace {

/// Keys that Redis looks at before it serves others.
constexpr int ScanCount = 500;

} // namespace

KeySweeper::KeySweeper(CoreHosts &hosts, const CoreKeys &keys,
                       std::function<bool(const QByteArray &key)> isKept)
    : m_hosts(hosts)
    , m_keys(keys)
    , m_isKept(std::move(isKept))
{
}

void KeySweeper::sweep()
{
    ++m_round;
    for (int host = 0; host < m_hosts.size(); ++host)
        step(m_hosts.at(host), "0", m_round);
}

void KeySweeper::step(CoreHost &host, const QByteArray &cursor, int round)
{
    host.commands().send(
        {"SCAN", cursor, "MATCH", pattern(), "COUNT", QByteArray::number(ScanCount)}, this,
        [this, &host, round](const Expected<RedisReply> &answer) {
            if (!answer || answer->elements.size() != 2 || round != m_round)
                return;
            remove(host, answer->elements.at(1));
            const QByteArray next = answer->elements.at(0).bytes;
            if (next != "0")
                step(host, next, round);
        });
}

void KeySweeper::remove(CoreHost &host, const RedisReply &keys)
{
    QByteArrayList words{"DEL"};
    for (const RedisReply &key : keys.elements) {
        if (m_keys.isShapedAsOurs(key.bytes) && !m_isKept(key.bytes))
            words.append(key.bytes);
    }
    if (words.size() > 1)
        host.commands().send(RedisCommand(words), nullptr, {});
}

// The prefix may have characters that mean something to a glob.
QByteArray KeySweeper::pattern() const
{
    QByteArray glob;
    for (const char c : m_keys.prefix.toUtf8()) {
        if (QByteArrayView("*?[]^\\").contains(c))
            glob += '\\';
        glob += c;
    }
    return glob + '*';
}

} // namespace parlour::redis
