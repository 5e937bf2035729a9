// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/http_conversation.h"

#include "net/http/websocket_handshake.h"
#include "net/native/websocket_conversation.h"

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {
constexpr qint64 unreadAnswers = 65536; ///< bytes over which the next request has to wait
constexpr auto slowHeadAfter = 1s; ///< a head unfinished for so long counts for its address
} // namespace

HttpConversation::HttpConversation(NativeConnection &connection)
    : NativeWire(connection)
    , m_parser({options().maxHeadBytes, options().maxHeadLines})
{
}

HttpConversation::~HttpConversation() = default;

const ServerOptions &HttpConversation::options() const
{
    return m_connection.loop().context.options;
}

void HttpConversation::begin()
{
    waitForHead();
}

void HttpConversation::waitForHead()
{
    m_state = State::Head;
    m_connection.setDeadline(
        std::min<std::chrono::milliseconds>(slowHeadAfter, options().headTimeout));
}

// ---- the request ----

qsizetype HttpConversation::receive(QByteArrayView bytes)
{
    if (m_state == State::Ended)
        return bytes.size();
    qsizetype taken = 0;
    if (isReadingHead())
        taken = receiveHead(bytes);
    if (m_state == State::Body)
        taken += receiveBody(bytes.sliced(taken));
    return taken;
}

qsizetype HttpConversation::receiveHead(QByteArrayView bytes)
{
    const auto taken = m_parser.feed(bytes);
    if (!taken) {
        refuse(taken.error());
        return bytes.size();
    }
    if (m_parser.isComplete()) {
        m_connection.loop().admission.headIsDone(m_connection.ends().client.address,
                                                 m_connection.ends().connection);
        m_connection.clearDeadline();
        m_head = m_parser.takeHead();
        beginRequest();
    } else if (m_state == State::Idle && m_parser.isStarted()) {
        waitForHead();
    }
    return *taken;
}

void HttpConversation::beginRequest()
{
    m_connection.info().userAgent = QString::fromUtf8(m_head.header("user-agent").left(200));
    m_connection.info().path = QString::fromLatin1(m_head.rawPath);
    if (m_isStopping)
        refuse({503, "The host is stopping", {}});
    else if (m_head.isUpgrade)
        beginWebsocket();
    else
        beginHttp();
}

void HttpConversation::beginWebsocket()
{
    ServerContext &context = m_connection.loop().context;
    const auto upgrade = checkUpgrade(m_head);
    const auto scope = upgrade ? websocketScope(m_head, *upgrade, m_connection.ends())
                               : OrRefusal<channels::Scope>(upgrade.error());
    if (!scope) {
        ++context.totals.handshakesRefused;
        refuse(scope.error());
        return;
    }
    m_state = State::Ended;
    m_connection.info().transport = u"websocket"_s;
    m_connection.info().path = scope->path;
    m_connection.become(std::make_unique<WebsocketConversation>(m_connection, *upgrade, *scope));
}

void HttpConversation::beginHttp()
{
    ServerContext &context = m_connection.loop().context;
    const auto scope = httpScope(m_head, m_connection.ends());
    if (!scope) {
        refuse(scope.error());
        return;
    }
    const auto body = BodyReader::forHead(m_head, options().maxBodyBytes);
    if (!body) {
        refuse(body.error());
        return;
    }
    m_connection.info().path = scope->path;
    m_writer.emplace(m_head);
    HttpWire &wire = *this;
    m_session = std::make_unique<HttpSession>(context, wire, m_connection.info());
    if (m_head.hasBody()) {
        m_body = *body;
        m_session->start(*scope);
        askForBody();
    } else {
        m_state = State::Answering;
        m_session->start(*scope);
        m_session->receiveBody({}, false);
    }
}

// An application that answers from the head alone is not made to wait for the body, nor is the
// client asked for it.
void HttpConversation::askForBody()
{
    m_state = State::Body;
    m_session->receiveBody({}, true);
    if (m_session->isAnswered()) {
        m_state = State::Answering;
        return;
    }
    if (m_head.expectsContinue)
        m_connection.send(OutputQueue::Kind::Other, "HTTP/1.1 100 Continue\r\n\r\n");
    m_connection.setDeadline(options().pauseTimeout);
}

qsizetype HttpConversation::receiveBody(QByteArrayView bytes)
{
    QByteArray content;
    const auto taken = m_body->feed(bytes, content);
    if (!taken) {
        m_session->end();
        refuse(taken.error());
        return bytes.size();
    }
    const bool isComplete = m_body->isComplete();
    if (isComplete) {
        m_state = State::Answering;
        m_connection.clearDeadline();
        m_body.reset();
    }
    if (isComplete || !content.isEmpty())
        m_session->receiveBody(content, !isComplete);
    return *taken;
}

void HttpConversation::refuse(const HttpRefusal &refusal)
{
    m_connection.send(OutputQueue::Kind::Other, refusalAnswer(refusal, m_head.isHead()));
    finish(options().closeTimeout);
}

// ---- the answer ----

channels::Expected<void> HttpConversation::sendHead(const channels::HttpResponseStart &head)
{
    // What is left of an unread body cannot be told from a next request.
    if (m_body || m_isStopping)
        m_writer->endConnection();
    return m_writer->start(head);
}

void HttpConversation::sendBody(const channels::HttpResponseBody &part)
{
    m_connection.send(OutputQueue::Kind::Other, {}, m_writer->body(part));
}

void HttpConversation::cut()
{
    m_connection.abort();
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
    if (m_body || m_isStopping || !m_writer->isComplete() || !m_writer->keepsAlive()) {
        finish(options().pauseTimeout);
        return;
    }
    // A client that asks on and on without reading gets no further answer made.
    if (m_connection.output().bytes() < unreadAnswers)
        waitForNextRequest();
}

void HttpConversation::waitForNextRequest()
{
    if (m_isStopping) {
        finish(options().closeTimeout);
        return;
    }
    m_state = State::Idle;
    m_unread = 0;
    m_writer.reset();
    m_head = {};
    m_connection.setDeadline(options().keepAliveTimeout);
    m_connection.continueReading();
}

void HttpConversation::written()
{
    const qint64 unread = m_connection.output().bytes();
    if (m_state == State::Answering && !m_session && unread < unreadAnswers)
        waitForNextRequest();
    if (m_state != State::Answering || unread == m_unread)
        return;
    m_unread = unread;
    if (unread == 0)
        m_connection.clearDeadline();
    else
        m_connection.setDeadline(options().pauseTimeout);
}

// ---- the end ----

void HttpConversation::finish(std::chrono::milliseconds patience)
{
    m_state = State::Ended;
    m_connection.finish(patience);
}

void HttpConversation::inputEnded()
{
    if (m_state == State::Answering)
        return; // a client may end its side and still read the answer
    broke();
    finish(options().closeTimeout);
}

void HttpConversation::broke()
{
    if (m_session)
        m_session->end();
}

void HttpConversation::deadlinePassed()
{
    if (m_state == State::Head && options().headTimeout > slowHeadAfter) {
        headIsSlow();
    } else if (m_state == State::Body || (isReadingHead() && m_parser.isStarted())) {
        broke();
        refuse({408, "The request took too long", {}});
    } else {
        m_connection.abort();
    }
}

void HttpConversation::headIsSlow()
{
    NativeLoop &loop = m_connection.loop();
    m_state = State::SlowHead;
    m_connection.setDeadline(options().headTimeout - slowHeadAfter);
    const auto excess = loop.admission.headIsSlow(m_connection.ends().client.address,
                                                  m_connection.ends().connection);
    if (excess)
        loop.cut(*excess);
}

void HttpConversation::stop(int, const QString &)
{
    m_isStopping = true;
    if (isReadingHead() && m_parser.isStarted())
        refuse({503, "The host is stopping", {}});
    else if (isReadingHead())
        finish(options().closeTimeout);
}

} // namespace parlour::server
