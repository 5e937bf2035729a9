// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/conversation.h"
#include "net/deadlines.h"
#include "net/http/scope_builder.h"
#include "net/native/byte_stream.h"
#include "net/native/native_loop.h"
#include "net/native/output_queue.h"
#include "net/native/poller.h"

#include <memory>

namespace parlour::server {

/// One socket of the native engine: reads, hands the bytes to its conversation, writes once a turn,
/// and ends in good order. Owned by the engine, which destroys it between two turns.
class NativeConnection final : private Poller::Watcher, private Deadlines::Owner
{
public:
    NativeConnection(NativeLoop &loop, std::unique_ptr<ByteStream> stream,
                     const ConnectionEnds &ends);
    ~NativeConnection() override;

    // ---- for the engine ----

    /// False where the system cannot watch the socket.
    bool start(std::unique_ptr<Conversation> conversation);
    /// Settles the conversation and writes.
    void endTurn();
    /// Ends at once; the conversation is told.
    void vanish();
    bool isGone() const { return m_phase == Phase::Gone; }
    Conversation &conversation() { return *m_conversation; }
    void stop(int code, const QString &reason);
    /// With what is queued at the moment.
    channels::ConnectionInfo snapshot() const;

    // ---- for the conversation ----

    NativeLoop &loop() { return m_loop; }
    channels::ConnectionInfo &info() { return m_info; }
    const ConnectionEnds &ends() const { return m_ends; }
    const OutputQueue &output() const { return m_output; }
    ByteStream::Opening opening() const { return m_stream->opening(); }

    /// Queues one unit; it leaves with this turn's write, or at once where a lot is queued.
    void send(OutputQueue::Kind kind, QByteArrayView head, const QByteArray &payload = {});
    void dropUnbegunOutput() { m_output.dropUnbegun(); }
    /// Tries to write now, not at the end of the turn.
    void flushEarly();
    /// Offers what receive() left over later in this turn, and reads on.
    void continueReading();
    /// Another conversation takes over, with the bytes that this one does not take.
    void become(std::unique_ptr<Conversation> next) { m_next = std::move(next); }
    /// Writes what is queued, ends writing, then reads and discards until the client's end: closing
    /// with unread input would reset the connection and lose the last words. `patience`: how long
    /// the client may take nothing.
    void finish(std::chrono::milliseconds patience);
    /// As vanish(), later in this turn. `resets`: the client sees a connection that broke.
    void abort(bool resets = false);
    /// Calls Conversation::deadlinePassed() then.
    void setDeadline(std::chrono::milliseconds fromNow);
    void clearDeadline();

private:
    enum class Phase { Talking, Draining, Gone };

    void ready(bool readable, bool writable, bool broken) override;
    void deadlinePassed() override;
    void touch();
    void read();
    void offer(QByteArrayView bytes);
    void offerLeftOver();
    void flush();
    void drain(qint64 before);
    void updateInterest();

    NativeLoop &m_loop;
    std::unique_ptr<ByteStream> m_stream;
    ConnectionEnds m_ends;
    channels::ConnectionInfo m_info;
    OutputQueue m_output;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<Conversation> m_next;
    QByteArray m_leftOver; ///< read, and not taken by the conversation yet
    std::chrono::milliseconds m_patience{0};
    Poller::Interest m_interest;
    Phase m_phase = Phase::Talking;
    bool m_isTouched = false;
    bool m_isBlocked = false; ///< the stream took nothing when it was last asked
    bool m_inputEnded = false;
    bool m_writingEnded = false;
    bool m_isResuming = false;
    bool m_isAborted = false;
};

} // namespace parlour::server
