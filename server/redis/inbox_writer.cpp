// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/inbox_writer.h"

#include "redis/redis_problem.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;
using std::chrono::steady_clock;

namespace {

constexpr qsizetype StampSize = 12;
/// In one script, while which Redis does nothing else; those of one message are not parted.
constexpr qsizetype MaxCopies = 64;
constexpr qint64 MaxScriptBytes = qint64(1024) * 1024;
/// Of all that has no end yet; over it others get nothing more. A burst of short messages for
/// several processes is many copies, so they count by what they cost. Our own are as many as
/// CoreOutbox lets be awaited.
constexpr qint64 MaxBytes = qint64(64) * 1024 * 1024;
constexpr qint64 CopyOverhead = 300;
/// How exactly pauses are kept.
constexpr auto StepTime = 50ms;

qint64 costOf(const InboxCopy &copy)
{
    return copy.stored.member.size() + CopyOverhead;
}

} // namespace

InboxWriter::InboxWriter(CoreHost &host, const Options &options, SharingTally &tally)
    : m_host(host)
    , m_options(options)
    , m_tally(tally)
    , m_full(options.patience)
{
    m_step.setInterval(StepTime);
    connect(&m_step, &QTimer::timeout, this, &InboxWriter::step);
}

void InboxWriter::store(QList<InboxCopy> copies)
{
    const auto fate = std::make_shared<MessageFate>();
    for (InboxCopy &copy : copies) {
        copy.fate = fate;
        m_bytes += costOf(copy);
        if (!copy.isOwn && m_bytes > MaxBytes)
            fail(copy, u"queue_full"_s);
        else
            makeReady({copy});
    }
    transmit();
}

void InboxWriter::makeReady(const std::deque<InboxCopy> &copies)
{
    for (const InboxCopy &copy : copies) {
        if (m_full.contains(copy.stored.key))
            m_full.append(copy, steady_clock::now());
        else
            m_ready.push_back(copy);
    }
}

// With it, whoever is the first of a full inbox tries again.
void InboxWriter::transmit()
{
    if (!m_isOnItsWay && m_host.isPrompt()) {
        auto copies = m_full.takeDue(steady_clock::now(), MaxCopies);
        takeReady(copies);
        if (!copies.isEmpty())
            transmit(copies);
    }
    if (waiting() > 0 && !m_step.isActive())
        m_step.start();
}

void InboxWriter::takeReady(QList<InboxCopy> &copies)
{
    qint64 bytes = 0;
    const auto isRoom = [&] {
        const bool isOfTheLast = bytes > 0 && m_ready.front().fate == copies.constLast().fate;
        return isOfTheLast || (copies.size() < MaxCopies && bytes < MaxScriptBytes);
    };
    while (!m_ready.empty() && isRoom()) {
        bytes += m_ready.front().stored.member.size();
        copies.append(m_ready.front());
        m_ready.pop_front();
    }
}

// Only a channel that many read is trimmed: an inbox is bounded by its capacity and its expiry, and
// whoever has a slow clock keeps its messages.
void InboxWriter::transmit(const QList<InboxCopy> &copies)
{
    const double now = m_host.clock().next();
    const auto expiry = std::chrono::ceil<std::chrono::seconds>(m_options.expiry).count();
    const QByteArray trimTo = QByteArray::number(qint64(std::floor(now)) - qint64(expiry));
    QList<StoredMessage> messages;
    for (const InboxCopy &copy : copies) {
        messages.append(copy.stored);
        if (!copy.stored.key.endsWith('!'))
            m_host.commands().send({"ZREMRANGEBYSCORE", copy.stored.key, "0", trimTo}, nullptr, {});
    }
    m_isOnItsWay = true;
    m_host.commands().send(storeCommand(messages, pythonFloat(now), m_options.expiry), this,
                           [this, copies](const Expected<RedisReply> &answer) {
                               take(copies, answer);
                               m_isOnItsWay = false;
                               transmit();
                           });
}

void InboxWriter::take(const QList<InboxCopy> &copies, const Expected<RedisReply> &answer)
{
    const qsizetype lines = m_full.lines();
    for (qsizetype n = 0; n < copies.size(); ++n) {
        const InboxCopy &copy = copies.at(n);
        if (answer && passes(*answer))
            refuse(copy);
        else if (answer)
            take(copy, answer->elements.value(n));
        else
            fail(copy, causeOf(answer.error()));
    }
    if (m_full.lines() > lines)
        makeReady(std::exchange(m_ready, {})); // what is behind others waits with them
    for (const InboxCopy &copy : copies) {
        if (m_full.isTrying(copy.stored.key))
            makeReady(m_full.release(copy.stored.key));
    }
    for (const auto &[copy, cause] : m_full.takeOverdue()) {
        if (cause == FullInboxes::Cause::Full)
            lose(copy, u"capacity"_s);
        else
            fail(copy, u"refused"_s);
    }
    announceFailures();
}

void InboxWriter::take(const InboxCopy &copy, const RedisReply &result)
{
    const bool isTold = result.type == RedisReply::Type::Integer;
    if (isTold && result.integer == 0) {
        m_bytes -= costOf(copy);
        if (!copy.isOwn && !std::exchange(copy.fate->isOut, true))
            ++m_tally.messagesOut;
    } else if (isTold && !copy.isOwn && m_options.patience > 0ms) {
        m_full.keep(copy, FullInboxes::Cause::Full, steady_clock::now());
    } else if (isTold) {
        lose(copy, u"capacity"_s);
    } else if (result.errorCode() == "WRONGTYPE") {
        lose(copy, u"wrong_type"_s);
        Q_EMIT blocked(copy.stored.key);
    } else {
        fail(copy, u"refused"_s);
    }
}

// As if Redis were away, and people here do not wait for that.
void InboxWriter::refuse(const InboxCopy &copy)
{
    if (copy.isOwn)
        fail(copy, u"refused"_s);
    else
        m_full.keep(copy, FullInboxes::Cause::Refused, steady_clock::now());
}

void InboxWriter::lose(const InboxCopy &copy, const QString &cause)
{
    m_bytes -= costOf(copy);
    ++m_tally.notShared[cause];
    if (copy.isOwn)
        m_failed.append(copy.stored.member.first(StampSize));
}

// That of a whole message is counted once.
void InboxWriter::fail(const InboxCopy &copy, const QString &cause)
{
    m_bytes -= costOf(copy);
    if (!copy.isOwn && !std::exchange(copy.fate->isLost, true))
        ++m_tally.notShared[cause];
    if (copy.isOwn)
        m_failed.append(copy.stored.member.first(StampSize));
}

// When all else is in order: more may be stored because of it.
void InboxWriter::announceFailures()
{
    for (const QByteArray &stamp : std::exchange(m_failed, {}))
        Q_EMIT failed(stamp);
}

void InboxWriter::step()
{
    if (!m_host.isPrompt())
        makeReady(m_full.releaseAll());
    expire();
    transmit();
    if (waiting() == 0)
        m_step.stop();
}

void InboxWriter::expire()
{
    const auto now = steady_clock::now();
    const auto isGood = [now](const InboxCopy &copy) { return copy.expires > now; };
    const auto expired = std::stable_partition(m_ready.begin(), m_ready.end(), isGood);
    const std::deque<InboxCopy> gone(expired, m_ready.end());
    m_ready.erase(expired, m_ready.end());
    for (const InboxCopy &copy : gone)
        fail(copy, u"expired"_s);
    announceFailures();
}

void InboxWriter::flush()
{
    for (const InboxCopy &copy : std::exchange(m_ready, {}))
        m_bytes -= costOf(copy);
    for (const InboxCopy &copy : m_full.releaseAll())
        m_bytes -= costOf(copy);
}

} // namespace parlour::redis
