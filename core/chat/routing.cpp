// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/routing.h"

#include "channels/auth_middleware.h"
#include "channels/protocol_type_router.h"
#include "channels/refusal.h"
#include "channels/subprotocol_router.h"
#include "channels/url_router.h"
#include "chat/echo_consumer.h"
#include "chat/health_pages.h"
#include "chat/house.h"
#include "chat/monitor_consumer.h"
#include "chat/owner.h"
#include "chat/pages.h"
#include "chat/parlour_consumer.h"
#include "chat/plain_chat_consumer.h"
#include "chat/say_consumer.h"

namespace parlour::chat {

using namespace channels;

namespace {
Application page(const MakePage &makePage)
{
    return asApplication<PageConsumer>(makePage);
}

Application when(bool isOn, const Application &application)
{
    return isOn ? application : notFound();
}
} // namespace

Application makeApplication(House &house, ChannelLayer &layer, RoomLog &log, Inspector &inspector,
                            const ChatOptions &options)
{
    const Application parlour = asApplication<ParlourConsumer>(house, layer, log, options);
    const Application plain = asApplication<PlainChatConsumer>(house, layer, log);
    const Application monitor = asApplication<MonitorConsumer>(house, inspector);

    const auto pages = UrlRouter({
        path("", page([](const Scope &) { return redirect(302, "/chat/"); })),
        path("chat/", page(lobbyPage())),
        path("chat/rooms.json", page(roomList(house))),
        path("chat/<str:room_name>/", page(roomPage())),
        path("chat/<str:room_name>", page(roomRedirect())),
        path("static/<str:file>", page(staticFiles())),
        path("healthz", page(healthPage())),
        path("readyz", page(readinessPage(house, log, inspector))),
        path("metrics", page(metricsPage(house, log, inspector))),
    });
    const auto sockets = UrlRouter({
        path("ws/chat/<str:room_name>/",
             SubprotocolRouter({{ParlourConsumer::Subprotocol, parlour}}, plain)),
        path("ws/parlour/",
             SubprotocolRouter({{ParlourConsumer::Subprotocol, parlour}},
                               refusal(400, "Bad request: offer the subprotocol parlour.v1\n"))),
        path("ws/monitor/", monitor),
        path("ws/echo/", when(options.echo, asApplication<EchoConsumer>())),
    });
    const auto authenticate = ownerByToken(options.ownerToken);
    return hostValidator(ProtocolTypeRouter({
                             {"http", authMiddlewareStack(pages, authenticate)},
                             {"websocket",
                              allowedHostsOriginValidator(
                                  authMiddlewareStack(sockets, authenticate), options.allowed)},
                         }),
                         options.allowed);
}

Application makeWorkerApplication(House &house, RoomLog &log, ChannelLayer &layer)
{
    return ProtocolTypeRouter({{"channel", asApplication<SayConsumer>(house, log, layer)}});
}

} // namespace parlour::chat
