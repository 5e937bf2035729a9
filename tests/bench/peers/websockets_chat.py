# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The tutorial's chat on the package websockets. websockets_chat.py PORT"""

import asyncio
import json
import sys
from collections import defaultdict

import websockets

rooms = defaultdict(set)


async def serve(socket, path):
    rooms[path].add(socket)
    try:
        async for text in socket:
            websockets.broadcast(rooms[path], json.dumps({"message": json.loads(text)["message"]}))
    finally:
        rooms[path].discard(socket)


async def main():
    async with websockets.serve(serve, "127.0.0.1", int(sys.argv[1]), compression=None, backlog=4096):
        await asyncio.Future()


asyncio.run(main())
