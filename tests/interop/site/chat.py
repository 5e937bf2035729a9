# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The chat of the Django Channels tutorial, part 3: pages, consumer and routes in one file."""

import json

from channels.consumer import AsyncConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import HttpResponse
from django.urls import path, re_path

import tutorial


def room(request, room_name):
    body = tutorial.BODY.replace('"ROOM"', json.dumps(room_name))
    return HttpResponse(f"<!DOCTYPE html><html><body>{body}<script>{tutorial.SCRIPT}</script></body></html>")


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room_group_name = f"chat_{self.scope['url_route']['kwargs']['room_name']}"
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)
        await self.accept()

    async def disconnect(self, close_code):
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    async def receive(self, text_data):
        message = json.loads(text_data)["message"]
        await self.channel_layer.group_send(self.room_group_name, {"type": "chat.message", "message": message})

    async def chat_message(self, event):
        await self.send(text_data=json.dumps({"message": event["message"]}))


class Clerk(AsyncConsumer):
    """A worker: tells a room what became of a message that it asked a Parlour host to say."""

    async def parlour_said(self, event):
        await self.channel_layer.group_send(
            "chat_lobby", {"type": "chat.message", "message": f"said as number {event['number']}"})

    async def parlour_refused(self, event):
        await self.channel_layer.group_send(
            "chat_lobby", {"type": "chat.message", "message": f"refused: {event['code']}"})


urlpatterns = [path("chat/<str:room_name>/", room)]
websocket_urlpatterns = [re_path(r"ws/chat/(?P<room_name>\w+)/$", ChatConsumer.as_asgi())]
