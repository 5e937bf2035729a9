// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/http_communicator.h"

#include "channels/testing/waiting.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

class Recorder final : public Outlet
{
public:
    void send(const ServerEvent &event) override
    {
        if (const auto *start = std::get_if<HttpResponseStart>(&event)) {
            response.status = start->status;
            response.headers = start->headers;
        } else if (const auto *part = std::get_if<HttpResponseBody>(&event)) {
            response.body += part->body;
            complete = complete || !part->more;
        } else if (std::holds_alternative<HttpResponseAbort>(event)) {
            response.aborted = !complete;
            complete = true;
        }
    }
    Backlog backlog() const override { return {}; }

    HttpCommunicator::Response response;
    bool complete = false;
};

} // namespace

HttpCommunicator::HttpCommunicator(Application application, const QByteArray &method,
                                   const QString &path, const QByteArray &body,
                                   const Headers &headers)
    : m_application(std::move(application))
    , m_body(body)
{
    const auto question = path.indexOf(u'?');
    scope.type = u"http"_s;
    scope.method = method;
    scope.path = path.left(question);
    scope.rawPath = scope.path.toUtf8().toPercentEncoding("/");
    scope.query = question < 0 ? QByteArray() : path.mid(question + 1).toUtf8();
    scope.headers = headers;
    scope.client = {u"127.0.0.1"_s, 50000};
    scope.server = {u"127.0.0.1"_s, 8765};
}

HttpCommunicator::~HttpCommunicator()
{
    disconnect();
}

HttpCommunicator::Response HttpCommunicator::response(std::chrono::milliseconds timeout)
{
    return ask({m_body, false}, timeout);
}

HttpCommunicator::Response HttpCommunicator::responseToHead(std::chrono::milliseconds timeout)
{
    return ask({{}, true}, timeout);
}

HttpCommunicator::Response HttpCommunicator::begin(std::chrono::milliseconds timeout)
{
    disconnect();
    m_stream = std::make_unique<ApplicationCommunicator>(m_application, scope);
    m_stream->sendInput(HttpRequest{m_body, false});
    const auto event = m_stream->receiveOutput(timeout);
    const auto *start = event ? std::get_if<HttpResponseStart>(&*event) : nullptr;
    return start ? Response{start->status, start->headers, {}} : Response{};
}

std::optional<HttpResponseBody> HttpCommunicator::receivePart(std::chrono::milliseconds timeout)
{
    if (!m_stream) {
        qCritical("HttpCommunicator: begin() comes before receivePart()");
        return std::nullopt;
    }
    const auto event = m_stream->receiveOutput(timeout);
    const auto *part = event ? std::get_if<HttpResponseBody>(&*event) : nullptr;
    return part ? std::optional(*part) : std::nullopt;
}

void HttpCommunicator::disconnect()
{
    if (!m_stream)
        return;
    if (!m_stream->wait(std::chrono::milliseconds(0))) // who has the whole answer leaves unseen
        m_stream->sendInput(HttpDisconnect{});
    m_stream.reset();
}

HttpCommunicator::Response HttpCommunicator::ask(const HttpRequest &first,
                                                 std::chrono::milliseconds timeout)
{
    auto recorder = std::make_shared<Recorder>();
    const auto instance = startInstance(m_application, scope, Send(recorder));
    instance->receive(first);
    if (!waitFor([&] { return recorder->complete; }, timeout))
        return {};
    return recorder->response;
}

} // namespace parlour::channels
