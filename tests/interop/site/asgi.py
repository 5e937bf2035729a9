# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

from django.core.asgi import get_asgi_application  # noqa: E402: needs the settings' name

pages = get_asgi_application()

from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter  # noqa: E402

import chat  # noqa: E402

application = ProtocolTypeRouter({
    "http": pages,
    "websocket": URLRouter(chat.websocket_urlpatterns),
    "channel": ChannelNameRouter({"django.clerk": chat.Clerk.as_asgi()}),
})
