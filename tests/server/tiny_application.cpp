// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/tiny_application.h"

#include "channels/http_consumer.h"
#include "channels/protocol_type_router.h"
#include "channels/refusal.h"
#include "channels/url_router.h"
#include "channels/websocket_consumer.h"

#include <stdexcept>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using namespace channels;

namespace {

class EchoConsumer final : public WebsocketConsumer
{
public:
    EchoConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override { accept(scope().subprotocols.value(0)); }
    void receiveText(const QByteArray &text) override { sendText(text); }
    void receiveBinary(const QByteArray &bytes) override { sendBinary(bytes); }
};

class ScopeConsumer final : public WebsocketConsumer
{
public:
    ScopeConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override
    {
        accept();
        sendText(describeScope(scope()));
    }
};

class ClosingConsumer final : public WebsocketConsumer
{
public:
    ClosingConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override
    {
        accept();
        sendText("last words");
        close(scope().urlRoute.kwargs.value(u"code"_s).toInt(), u"ж"_s.repeated(100));
    }
};

class SilentConsumer final : public WebsocketConsumer
{
public:
    SilentConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override { }
};

class RoomConsumer final : public WebsocketConsumer
{
public:
    RoomConsumer(const Scope &scope, const Send &send, ChannelLayer &layer)
        : WebsocketConsumer(scope, send, &layer)
    {
        on("room.said"_L1, &RoomConsumer::said);
    }

protected:
    QStringList groups() const override { return {u"room"_s}; }
    void receiveText(const QByteArray &text) override
    {
        (void)groupSend(u"room"_s, Message(u"room.said"_s, {{u"text"_s, text}}));
    }

private:
    void said(const Message &message) { sendText(message.body().value(u"text"_s).toByteArray()); }
};

class FloodConsumer final : public WebsocketConsumer
{
public:
    FloodConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override { accept(); }
    WebsocketClose tooSlowClose() const override
    {
        const int code = scope().urlRoute.kwargs.value(u"code"_s).toInt();
        return code == 0 ? WebsocketConsumer::tooSlowClose()
                         : WebsocketClose{code, u"come back"_s, true};
    }
    void receiveText(const QByteArray &) override
    {
        const QByteArray message(FloodBytes, 'x');
        for (int i = 0; i < FloodCount; ++i)
            sendBinary(message);
    }
};

class ThrowingConsumer final : public WebsocketConsumer
{
public:
    ThrowingConsumer(const Scope &scope, const Send &send, ChannelLayer &layer)
        : WebsocketConsumer(scope, send, &layer)
    {
        on("room.said"_L1, &ThrowingConsumer::said);
    }

protected:
    QStringList groups() const override { return {u"room"_s}; }
    void connected() override
    {
        if (scope().query == "connected")
            fail();
        accept();
    }
    void receiveText(const QByteArray &text) override
    {
        sendText("heard");
        if (text == "odd")
            throw 7;
        fail();
    }

private:
    void said(const Message &) { fail(); }
    [[noreturn]] static void fail() { throw std::runtime_error("a handler failed"); }
};

class HeadersConsumer final : public WebsocketConsumer
{
public:
    HeadersConsumer(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void connected() override
    {
        accept({}, {{"X-Tiny", "one"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}});
    }
    void receiveText(const QByteArray &text) override { sendText(text); }
};

class PageConsumer final : public HttpConsumer
{
public:
    PageConsumer(const Scope &scope, const Send &send)
        : HttpConsumer(scope, send)
    {
    }

protected:
    using HttpConsumer::handle;
    void handle(const QByteArray &body) override
    {
        const Headers plain{{"content-type", "text/plain"}};
        if (scope().path == "/mirror"_L1) {
            sendResponse(200, body, plain);
        } else if (scope().path == "/parts"_L1) {
            sendHeaders(200, plain);
            sendBody("one ", true);
            sendBody("two ", true);
            sendBody("three");
        } else if (scope().path == "/broken"_L1) {
            sendHeaders(200, plain);
            sendBody("begun", true);
            throw std::runtime_error("half-way");
        } else if (scope().path == "/scope"_L1) {
            sendResponse(200, describeScope(scope()), plain);
        } else {
            sendResponse(200, "hello", plain);
        }
    }
};

} // namespace

QByteArray describeScope(const Scope &scope)
{
    return scope.client.address.toUtf8() + ':' + QByteArray::number(scope.client.port)
        + (scope.secure ? " secure " : " plain ") + (scope.proxied ? "proxied " : "direct ")
        + scope.header("host") + ' ' + QByteArray::number(scope.server.port);
}

Application tinyApplication(ChannelLayer &layer)
{
    const Application page = refusal(403, RefusedPage, {{"Content-Type", "text/html"}});
    return ProtocolTypeRouter({
        {"http",
         UrlRouter({rePath("^(mirror|parts|scope|broken)?$", asApplication<PageConsumer>()),
                    path("refused", page)})},
        {"websocket",
         UrlRouter({
             path("echo/", asApplication<EchoConsumer>()),
             path("close/<int:code>/", asApplication<ClosingConsumer>()),
             path("scope/", asApplication<ScopeConsumer>()),
             path("refuse/", refusal(403, "Not you\n")),
             path("silent/", asApplication<SilentConsumer>()),
             path("refused/", page),
             path("flood/", asApplication<FloodConsumer>()),
             path("flood/<int:code>/", asApplication<FloodConsumer>()),
             path("throw/", asApplication<ThrowingConsumer>(layer)),
             path("headers/", asApplication<HeadersConsumer>()),
             path("room/", asApplication<RoomConsumer>(layer)),
         })},
    });
}

} // namespace parlour::tests
