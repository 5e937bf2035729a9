// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/http_conversation.h"

#include <algorithm>

namespace parlour::server {

namespace {
constexpr qint64 UnreadAnswers = 65536; ///< bytes over which the next request has to wait
constexpr auto SlowHeadAfter = 1s; ///< a head unfinished for so long counts for its address
} // namespace

HttpConversation::HttpConversation(ServerContext &context, Admission &admission,
                                   channels::ConnectionInfo &info, const ConnectionEnds &ends)
    : m_context(context)
    , m_admission(admission)
    , m_info(info)
    , m_ends(ends)
    , m_parser({context.options.maxHeadBytes, context.options.maxHeadLines})
{
}

HttpConversation::~HttpConversation() = default;

void HttpConversation::begin()
{
    waitForHead();
}

void HttpConversation::waitForHead()
{
    m_state = State::Head;
    setDeadline(std::min<std::chrono::milliseconds>(SlowHeadAfter, options().headTimeout));
}

// Whatever was to come is answered with this instead, unless its answer has begun.
void HttpConversation::refuse(const HttpRefusal &refusal)
{
    const bool isAnswerBegun = m_session && m_writer->isStarted();
    broke();
    if (!isAnswerBegun)
        write(refusalAnswer(refusal, m_isHeadRequest));
    end(options().closeTimeout);
}

// ---- the answer ----

channels::Expected<void> HttpConversation::sendHead(const channels::HttpResponseStart &head)
{
    // What is left of an unread body cannot be told from a next request.
    if (m_isStopping || !m_body->isComplete())
        m_writer->endConnection();
    return m_writer->start(head);
}

void HttpConversation::sendBody(const channels::HttpResponseBody &part)
{
    write(m_writer->body(part));
}

// An answer that ends where the connection does would seem to be whole.
void HttpConversation::cut()
{
    drop(m_writer && m_writer->endsWithConnection());
}

// The application has the request, and has said nothing yet.
bool HttpConversation::isAnswerAwaited() const
{
    return options().answerTimeout > 0ms && m_session && !m_writer->isStarted();
}

void HttpConversation::settle()
{
    if (!m_session)
        return;
    m_session->settle();
    if (m_session->isOver())
        endRequest();
}

void HttpConversation::endRequest()
{
    m_session.reset();
    if (m_state == State::Ended)
        return;
    m_state = State::Answering;
    if (m_isStopping || !m_writer->isComplete() || !m_writer->keepsAlive())
        end(options().pauseTimeout);
    else if (pendingBytes() < UnreadAnswers) // who asks on and on without reading has to wait
        waitForNextRequest();
}

void HttpConversation::waitForNextRequest()
{
    if (m_isStopping) {
        end(options().closeTimeout);
        return;
    }
    m_state = State::Idle;
    m_unread = 0;
    m_isAwaited = false;
    m_writer.reset();
    m_body.reset();
    m_isHeadRequest = false;
    m_admission.carries(m_ends.connection, {});
    setDeadline(options().keepAliveTimeout);
    continueReading();
}

void HttpConversation::written()
{
    const qint64 unread = pendingBytes();
    if (m_state == State::Answering && !m_session && unread < UnreadAnswers)
        waitForNextRequest();
    const bool isAwaited = isAnswerAwaited();
    if (m_state != State::Answering || (unread == m_unread && isAwaited == m_isAwaited))
        return;
    m_unread = unread;
    m_isAwaited = isAwaited;
    using std::chrono::milliseconds;
    if (unread > 0)
        setDeadline(options().pauseTimeout);
    else if (isAwaited)
        setDeadline(std::max(std::chrono::ceil<milliseconds>(m_due - m_context.clock()), 0ms));
    else
        clearDeadline();
}

// ---- the end ----

void HttpConversation::end(std::chrono::milliseconds patience)
{
    m_state = State::Ended;
    finish(patience);
}

void HttpConversation::inputEnded()
{
    // It may still read the answer; of a streamed one nothing would tell that nobody reads.
    if (m_state == State::Answering && !(m_writer->isStarted() && !m_writer->isComplete()))
        return;
    broke();
    end(options().closeTimeout);
}

void HttpConversation::broke()
{
    m_state = State::Ended;
    if (m_session)
        m_session->end();
}

void HttpConversation::deadlinePassed()
{
    if (m_state == State::Head && options().headTimeout > SlowHeadAfter)
        headIsSlow();
    else if (m_state == State::Body || (isReadingHead() && m_parser.isStarted()))
        refuse({408, "The request took too long.", {}});
    else if (m_state == State::Answering && m_unread == 0 && m_isAwaited)
        refuse({503, "The host did not answer in time. Try again later.", {}});
    else
        cut();
}

void HttpConversation::headIsSlow()
{
    m_state = State::SlowHead;
    setDeadline(options().headTimeout - SlowHeadAfter);
    if (const auto excess = m_admission.headIsSlow(m_ends.client.address, m_ends.connection))
        crowdOut(*excess);
}

void HttpConversation::crowdedOut()
{
    if (isReadingHead())
        refuse(headIsCrowdedOut());
}

void HttpConversation::stop(int, const QString &)
{
    m_isStopping = true;
    if (isReadingHead() && m_parser.isStarted())
        refuse({503, "The host is stopping.", {}});
    else if (isReadingHead())
        end(options().closeTimeout);
}

} // namespace parlour::server
