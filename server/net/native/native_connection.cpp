// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/native_connection.h"

#include "net/socket_address.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {
constexpr qint64 EarlyFlush = 65536; ///< bytes that may wait for the end of the turn
}

NativeLoop::~NativeLoop() = default;

NativeConnection::NativeConnection(NativeLoop &loop, std::unique_ptr<ByteStream> stream,
                                   const ConnectionEnds &ends)
    : m_loop(loop)
    , m_stream(std::move(stream))
    , m_ends(ends)
{
    m_info.id = ends.connection;
    m_info.transport = u"http"_s;
    m_info.secure = ends.secure;
    m_info.since = QDateTime::currentMSecsSinceEpoch();
}

NativeConnection::~NativeConnection()
{
    m_loop.deadlines.clear(*this);
}

bool NativeConnection::start(std::unique_ptr<Conversation> conversation)
{
    m_conversation = std::move(conversation);
    if (!m_loop.poller.watch(m_stream->descriptor(), *this, m_interest))
        return false;
    m_conversation->begin();
    return true;
}

channels::ConnectionInfo NativeConnection::snapshot() const
{
    channels::ConnectionInfo info = m_info;
    if (info.client.isEmpty()) // no proxy named another
        info.client = inWords(m_ends.client);
    info.queuedMessages = m_output.backlog().messages;
    info.queuedBytes = m_output.backlog().bytes;
    return info;
}

// ---- reading ----

void NativeConnection::ready(bool readable, bool writable, bool broken)
{
    if (m_phase == Phase::Gone)
        return;
    if (writable)
        m_isBlocked = false;
    if (m_interest.read && (readable || broken))
        read();
    else if (broken)
        vanish();
    if (m_phase != Phase::Gone)
        touch();
}

void NativeConnection::read()
{
    auto &buffer = m_loop.readBuffer;
    const auto result = m_stream->read(buffer.data(), qsizetype(buffer.size()));
    switch (result.status) {
    case ByteStream::Status::Ok:
        offer({buffer.data(), result.bytes});
        break;
    case ByteStream::Status::Ended:
        m_inputEnded = true;
        if (m_phase == Phase::Talking)
            m_conversation->inputEnded();
        else if (m_output.isEmpty())
            vanish();
        break;
    case ByteStream::Status::Broken:
        vanish();
        break;
    case ByteStream::Status::Blocked:
        break;
    }
}

void NativeConnection::offer(QByteArrayView bytes)
{
    if (m_phase != Phase::Talking)
        return;
    bytes = bytes.sliced(m_conversation->receive(bytes));
    while (m_next) {
        m_conversation = std::move(m_next);
        m_conversation->begin();
        bytes = bytes.sliced(m_conversation->receive(bytes));
    }
    m_leftOver = bytes.toByteArray();
}

void NativeConnection::offerLeftOver()
{
    m_isResuming = false;
    const QByteArray bytes = std::exchange(m_leftOver, {});
    if (!bytes.isEmpty() || m_next)
        offer(bytes);
    if (!m_leftOver.isEmpty() || m_phase != Phase::Talking)
        return;
    if (m_inputEnded)
        m_conversation->inputEnded();
    else if (m_stream->hasMore())
        read();
}

void NativeConnection::continueReading()
{
    m_isResuming = true;
    touch();
}

// ---- writing ----

void NativeConnection::send(OutputQueue::Kind kind, QByteArrayView head, const QByteArray &payload)
{
    m_output.append(kind, head, payload);
    if (m_output.bytes() >= EarlyFlush)
        flushEarly();
    touch();
}

void NativeConnection::flushEarly()
{
    if (m_isBlocked || m_isAborted)
        return;
    const auto status = m_output.writeTo(*m_stream);
    m_isBlocked = status == ByteStream::Status::Blocked;
    if (status == ByteStream::Status::Broken)
        abort();
}

void NativeConnection::flush()
{
    if (m_isBlocked)
        m_output.judge();
    else
        flushEarly();
}

// ---- turns ----

void NativeConnection::touch()
{
    if (m_isTouched || m_phase == Phase::Gone)
        return;
    m_isTouched = true;
    m_loop.touched(*this);
}

void NativeConnection::endTurn()
{
    m_isTouched = false;
    if (m_leftOver.isEmpty() && m_stream->hasMore() && m_phase != Phase::Gone)
        read();
    if (m_phase == Phase::Gone)
        return;
    m_conversation->settle();
    while (m_isResuming && m_phase == Phase::Talking && !m_isAborted) {
        offerLeftOver();
        m_conversation->settle();
    }
    const qint64 before = m_output.bytes();
    flush();
    if (m_phase == Phase::Talking) {
        m_conversation->written();
        flush();
    }
    if (m_isAborted) // not to be taken for an end in good order
        vanish();
    else if (m_phase == Phase::Draining)
        drain(before);
    if (m_phase != Phase::Gone)
        updateInterest();
}

void NativeConnection::updateInterest()
{
    const bool isTaking = m_phase == Phase::Draining || m_leftOver.isEmpty();
    const bool isWriting = !m_output.isEmpty() || m_stream->hasUnsent()
        || (m_phase == Phase::Draining && !m_writingEnded);
    const Poller::Interest wanted{.read = isTaking && !m_inputEnded, .write = isWriting};
    if (wanted == m_interest)
        return;
    m_interest = wanted;
    m_loop.poller.change(m_stream->descriptor(), *this, m_interest);
}

void NativeConnection::setDeadline(std::chrono::milliseconds fromNow)
{
    if (m_phase == Phase::Talking)
        m_loop.deadlines.set(*this, fromNow);
}

void NativeConnection::clearDeadline()
{
    if (m_phase == Phase::Talking)
        m_loop.deadlines.clear(*this);
}

void NativeConnection::deadlinePassed()
{
    if (m_phase == Phase::Talking)
        m_conversation->deadlinePassed();
    else
        vanish();
    touch();
}

// ---- the end ----

void NativeConnection::finish(std::chrono::milliseconds patience)
{
    if (m_phase != Phase::Talking)
        return;
    m_phase = Phase::Draining;
    m_patience = patience;
    m_leftOver = {};
    m_loop.deadlines.set(*this, patience);
    touch();
}

void NativeConnection::stop(int code, const QString &reason)
{
    if (m_phase == Phase::Talking)
        m_conversation->stop(code, reason);
    touch();
}

void NativeConnection::drain(qint64 before)
{
    if (!m_output.isEmpty()) {
        if (m_output.bytes() < before)
            m_loop.deadlines.set(*this, m_patience);
        return;
    }
    if (m_writingEnded)
        return;
    m_writingEnded = m_stream->endWriting() != ByteStream::Status::Blocked;
    if (!m_writingEnded)
        return;
    m_loop.deadlines.set(*this, m_loop.context.options.closeTimeout);
    if (m_inputEnded)
        vanish();
}

void NativeConnection::abort(bool resets)
{
    if (resets)
        resetAtClose(m_stream->descriptor());
    m_isAborted = true;
    touch();
}

void NativeConnection::vanish()
{
    if (m_phase == Phase::Gone)
        return;
    m_phase = Phase::Gone;
    m_loop.deadlines.clear(*this);
    m_loop.poller.unwatch(m_stream->descriptor());
    m_conversation->broke();
    m_loop.gone(*this);
}

} // namespace parlour::server
