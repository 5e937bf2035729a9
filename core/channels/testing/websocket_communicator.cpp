// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/websocket_communicator.h"

#include "channels/json_text.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

void complain(const char *caller)
{
    qCritical("WebsocketCommunicator: connect() comes before %s()", caller);
}

} // namespace

WebsocketCommunicator::WebsocketCommunicator(Application application, const QString &path,
                                             const Headers &headers,
                                             const QStringList &subprotocols)
    : m_application(std::move(application))
{
    static quint64 connections = 0;
    const auto question = path.indexOf(u'?');
    scope.type = u"websocket"_s;
    scope.path = path.left(question);
    scope.rawPath = scope.path.toUtf8().toPercentEncoding("/");
    scope.query = question < 0 ? QByteArray() : path.mid(question + 1).toUtf8();
    scope.headers = headers;
    scope.client = {u"127.0.0.1"_s, 50000};
    scope.server = {u"127.0.0.1"_s, 8765};
    scope.subprotocols = subprotocols;
    scope.connection = ++connections;
}

WebsocketCommunicator::~WebsocketCommunicator()
{
    disconnect(close_code::GoingAway);
}

WebsocketCommunicator::Answer WebsocketCommunicator::connect(std::chrono::milliseconds timeout)
{
    m_conversation = std::make_unique<ApplicationCommunicator>(m_application, scope);
    m_conversation->sendInput(WebsocketConnect{});
    return answer(timeout);
}

WebsocketCommunicator::Answer WebsocketCommunicator::answer(std::chrono::milliseconds timeout)
{
    Answer answer;
    const auto event = receiveOutput("answer", timeout);
    if (!event)
        return answer;
    if (const auto *accept = std::get_if<WebsocketAccept>(&*event)) {
        answer.accepted = true;
        answer.subprotocol = accept->subprotocol;
        answer.headers = accept->headers;
    } else if (const auto *refuse = std::get_if<WebsocketRefuse>(&*event)) {
        answer.status = refuse->status;
        answer.body = refuse->body;
        answer.headers = refuse->headers;
    }
    return answer;
}

void WebsocketCommunicator::sendText(const QByteArray &utf8)
{
    sendInput("sendText", WebsocketReceive{utf8, false, {}});
}

void WebsocketCommunicator::sendBinary(const QByteArray &bytes)
{
    sendInput("sendBinary", WebsocketReceive{bytes, true, {}});
}

void WebsocketCommunicator::sendJson(const QJsonValue &json)
{
    sendText(jsonText(json));
}

void WebsocketCommunicator::sendOverRate(const QByteArray &utf8,
                                         std::chrono::milliseconds retryAfter)
{
    sendInput("sendOverRate", WebsocketReceive{utf8, false, retryAfter});
}

void WebsocketCommunicator::disconnect(int code)
{
    if (!m_conversation)
        return;
    m_conversation->sendInput(WebsocketDisconnect{code, {}});
    m_conversation->stop();
}

std::optional<QByteArray> WebsocketCommunicator::receiveText(std::chrono::milliseconds timeout)
{
    return receiveMessage("receiveText", false, timeout);
}

std::optional<QByteArray> WebsocketCommunicator::receiveBinary(std::chrono::milliseconds timeout)
{
    return receiveMessage("receiveBinary", true, timeout);
}

std::optional<QJsonValue> WebsocketCommunicator::receiveJson(std::chrono::milliseconds timeout)
{
    const auto text = receiveText(timeout);
    if (!text)
        return std::nullopt;
    const auto json = parsedJson(*text);
    return json ? std::optional(*json) : std::nullopt;
}

bool WebsocketCommunicator::receivesNothing()
{
    if (!m_conversation)
        complain("receivesNothing");
    return !m_conversation || m_conversation->receivesNothing();
}

std::optional<WebsocketClose> WebsocketCommunicator::receiveClose(std::chrono::milliseconds timeout)
{
    const auto event = receiveOutput("receiveClose", timeout);
    if (!event || !std::holds_alternative<WebsocketClose>(*event))
        return std::nullopt;
    return std::get<WebsocketClose>(*event);
}

void WebsocketCommunicator::setBacklog(Backlog backlog)
{
    if (m_conversation)
        m_conversation->setBacklog(backlog);
    else
        complain("setBacklog");
}

void WebsocketCommunicator::sendInput(const char *caller, const ClientEvent &event)
{
    if (m_conversation)
        m_conversation->sendInput(event);
    else
        complain(caller);
}

std::optional<ServerEvent> WebsocketCommunicator::receiveOutput(const char *caller,
                                                                std::chrono::milliseconds timeout)
{
    if (m_conversation)
        return m_conversation->receiveOutput(timeout);
    complain(caller);
    return std::nullopt;
}

std::optional<QByteArray> WebsocketCommunicator::receiveMessage(const char *caller, bool binary,
                                                                std::chrono::milliseconds timeout)
{
    const auto event = receiveOutput(caller, timeout);
    const auto *message = event ? std::get_if<WebsocketSend>(&*event) : nullptr;
    if (!message || message->binary != binary)
        return std::nullopt;
    return message->payload;
}

} // namespace parlour::channels
