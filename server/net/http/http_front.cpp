// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/http_front.h"

namespace parlour::server {

namespace {
constexpr qsizetype maxUserAgent = 200; // characters that are kept for the monitor
}

HttpFront::Peer::~Peer() = default;

HttpFront::HttpFront(ServerContext &context, channels::ConnectionInfo &info, Peer &peer,
                     ConnectionEnds ends)
    : m_context(context)
    , m_info(info)
    , m_peer(peer)
    , m_ends(std::move(ends))
    , m_parser({context.options.maxHeadBytes, context.options.maxHeadLines})
{
}

HttpFront::~HttpFront() = default;

HttpFront::Phase HttpFront::phase() const
{
    return m_phase == Phase::Head && !m_parser.isStarted() ? Phase::Idle : m_phase;
}

qsizetype HttpFront::receive(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (used < bytes.size() && (m_phase == Phase::Head || m_phase == Phase::Body)) {
        const auto rest = bytes.sliced(used);
        const auto taken = m_phase == Phase::Head ? feedHead(rest) : feedBody(rest);
        if (!taken) {
            refuse(taken.error());
            break;
        }
        used += *taken;
    }
    return m_phase == Phase::Ended ? bytes.size() : used;
}

OrRefusal<qsizetype> HttpFront::feedHead(QByteArrayView bytes)
{
    auto taken = m_parser.feed(bytes);
    if (!taken || !m_parser.isComplete())
        return taken;
    const RequestHead head = m_parser.takeHead();
    m_isHeadRequest = head.isHead();
    const auto begun = head.isUpgrade ? beginUpgrade(head) : begin(head);
    if (begun)
        return taken;
    m_context.totals.handshakesRefused += head.isUpgrade ? 1 : 0;
    return begun.error();
}

OrRefusal<void> HttpFront::begin(const RequestHead &head)
{
    auto body = BodyReader::forHead(head, m_context.options.maxBodyBytes);
    if (!body)
        return body.error();
    const auto scope = httpScope(head, m_ends);
    if (!scope)
        return scope.error();
    describe(head, *scope);
    m_body = *body;
    m_writer.emplace(head);
    HttpWire &wire = *this;
    m_session = std::make_unique<HttpSession>(m_context, wire, m_info);
    m_phase = m_body->isComplete() ? Phase::Answering : Phase::Body;
    m_session->start(*scope);
    // An empty first part: what is refused by its head alone is answered before the body comes.
    m_session->receiveBody({}, m_phase == Phase::Body);
    if (m_session->isAnswered())
        m_phase = Phase::Answering;
    else if (head.expectsContinue)
        m_peer.write("HTTP/1.1 100 Continue\r\n\r\n");
    return {};
}

OrRefusal<void> HttpFront::beginUpgrade(const RequestHead &head)
{
    auto upgrade = checkUpgrade(head);
    if (!upgrade)
        return upgrade.error();
    auto scope = websocketScope(head, *upgrade, m_ends);
    if (!scope)
        return scope.error();
    describe(head, *scope);
    m_upgrade = *upgrade;
    m_upgradeScope = *scope;
    m_phase = Phase::Upgrade;
    return {};
}

void HttpFront::describe(const RequestHead &head, const channels::Scope &scope)
{
    m_info.transport = scope.type;
    m_info.path = scope.path;
    m_info.userAgent = QString::fromUtf8(head.header("user-agent").left(maxUserAgent));
}

OrRefusal<qsizetype> HttpFront::feedBody(QByteArrayView bytes)
{
    QByteArray content;
    auto taken = m_body->feed(bytes, content);
    if (!taken)
        return taken;
    if (m_body->isComplete())
        m_phase = Phase::Answering;
    if (!content.isEmpty() || m_body->isComplete())
        m_session->receiveBody(content, m_phase == Phase::Body);
    if (m_session->isAnswered())
        m_phase = Phase::Answering;
    return taken;
}

channels::Expected<void> HttpFront::sendHead(const channels::HttpResponseStart &head)
{
    // The rest of a body that nobody wants is not read: the next request could not be found.
    if (m_isLast || !m_body->isComplete())
        m_writer->endConnection();
    return m_writer->start(head);
}

void HttpFront::sendBody(const channels::HttpResponseBody &part)
{
    m_peer.write(m_writer->body(part));
}

void HttpFront::settle()
{
    if (!m_session)
        return;
    m_session->settle();
    if (!m_session->isOver())
        return;
    m_session.reset();
    const bool stays = m_writer->isComplete() && m_writer->keepsAlive() && !m_isLast;
    if (m_phase == Phase::Ended)
        return;
    m_phase = stays ? Phase::Head : Phase::Ended;
    if (!stays)
        m_peer.endAfterWriting();
}

void HttpFront::end()
{
    m_phase = Phase::Ended;
    if (m_session)
        m_session->end();
    m_session.reset();
}

void HttpFront::refuse(const HttpRefusal &refusal)
{
    const bool wasStarted = m_session && m_writer->isStarted();
    end();
    if (!wasStarted)
        m_peer.write(refusalAnswer(refusal, m_isHeadRequest));
    m_peer.endAfterWriting();
}

void HttpFront::finishUp()
{
    m_isLast = true;
    if (m_session || m_phase == Phase::Ended)
        return;
    end();
    m_peer.endAfterWriting();
}

} // namespace parlour::server
