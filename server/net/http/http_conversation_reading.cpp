// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/forwarded.h"
#include "net/http/http_conversation.h"
#include "net/socket_address.h"

#include <algorithm>

namespace parlour::server {

namespace {
constexpr qsizetype MaxUserAgent = 200; ///< characters that are kept for the monitor
} // namespace

// ---- the request ----

qsizetype HttpConversation::receive(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (used < bytes.size() && (isReadingHead() || m_state == State::Body)) {
        const auto rest = bytes.sliced(used);
        const auto taken = m_state == State::Body ? feedBody(rest) : feedHead(rest);
        if (!taken) {
            refuse(taken.error());
            break;
        }
        used += *taken;
    }
    return m_state == State::Ended ? bytes.size() : used;
}

OrRefusal<qsizetype> HttpConversation::feedHead(QByteArrayView bytes)
{
    auto taken = m_parser.feed(bytes);
    if (!taken)
        return taken;
    if (!m_parser.isComplete()) {
        if (m_state == State::Idle && m_parser.isStarted())
            waitForHead();
        return taken;
    }
    m_admission.headIsDone(m_ends.client.address, m_ends.connection);
    clearDeadline();
    if (auto begun = beginRequest(m_parser.takeHead()); !begun)
        return begun.error();
    return taken;
}

OrRefusal<void> HttpConversation::beginRequest(RequestHead head)
{
    m_isHeadRequest = head.isHead();
    if (m_isStopping)
        return HttpRefusal{503, "The host is stopping.", {}};
    const auto ends = findClient(head);
    OrRefusal<void> begun;
    if (ends)
        begun = head.isUpgrade ? beginUpgrade(head, *ends) : beginHttp(head, *ends);
    else
        begun = ends.error();
    m_context.totals.handshakesRefused += !begun && head.isUpgrade ? 1 : 0;
    return begun;
}

// A trusted proxy may bring the requests of one client after the other.
OrRefusal<ConnectionEnds> HttpConversation::findClient(RequestHead &head)
{
    auto ends = throughProxies(head, m_ends, options().trustedProxies);
    if (!ends || !ends->proxied)
        return ends;
    if (!m_admission.carries(m_ends.connection, ends->client.address))
        return addressIsFull();
    m_info.client = inWords(ends->client);
    m_info.secure = ends->secure;
    return ends;
}

OrRefusal<void> HttpConversation::beginHttp(const RequestHead &head, const ConnectionEnds &ends)
{
    auto body = BodyReader::forHead(head, options().maxBodyBytes);
    if (!body)
        return body.error();
    const auto scope = httpScope(head, ends);
    if (!scope)
        return scope.error();
    describe(head, *scope);
    m_body = *body;
    m_writer.emplace(head);
    HttpWire &wire = *this;
    m_session = std::make_unique<HttpSession>(m_context, wire, m_info);
    m_state = State::Body;
    if (m_body->isComplete())
        awaitAnswer();
    m_session->start(*scope);
    // An empty first part: what is refused by its head alone is answered before the body comes, and
    // the client is not asked for it.
    m_session->receiveBody({}, m_state == State::Body);
    if (m_state != State::Body)
        return {};
    if (m_session->isAnswered()) {
        m_state = State::Answering;
        return {};
    }
    if (head.expectsContinue)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    m_due = m_context.clock() + options().bodyTimeout;
    awaitBody();
    return {};
}

void HttpConversation::awaitBody()
{
    using std::chrono::milliseconds;
    const auto left = std::chrono::ceil<milliseconds>(m_due - m_context.clock());
    const milliseconds pause = options().pauseTimeout;
    setDeadline(options().bodyTimeout > 0ms ? std::clamp<milliseconds>(left, 0ms, pause) : pause);
}

void HttpConversation::awaitAnswer()
{
    m_state = State::Answering;
    m_due = m_context.clock() + options().answerTimeout;
    clearDeadline();
}

OrRefusal<void> HttpConversation::beginUpgrade(const RequestHead &head, const ConnectionEnds &ends)
{
    const auto upgrade = checkUpgrade(head);
    if (!upgrade)
        return upgrade.error();
    const auto scope = websocketScope(head, *upgrade, ends);
    if (!scope)
        return scope.error();
    describe(head, *scope);
    m_state = State::Upgraded;
    becomeWebsocket(*upgrade, *scope);
    return {};
}

void HttpConversation::describe(const RequestHead &head, const channels::Scope &scope)
{
    m_info.transport = scope.type;
    m_info.path = scope.path;
    m_info.userAgent = QString::fromUtf8(head.header("user-agent").left(MaxUserAgent));
}

OrRefusal<qsizetype> HttpConversation::feedBody(QByteArrayView bytes)
{
    QByteArray content;
    auto taken = m_body->feed(bytes, content);
    if (!taken)
        return taken;
    const bool isComplete = m_body->isComplete();
    if (isComplete || !content.isEmpty())
        m_session->receiveBody(content, !isComplete);
    if (isComplete || m_session->isAnswered())
        awaitAnswer();
    else
        awaitBody();
    return taken;
}

} // namespace parlour::server
