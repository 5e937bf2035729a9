# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A line that breaks: passes bytes on between clients and a host, and cuts at any of them."""

import asyncio
import random


class CuttingRelay:
    """Listens on a free port; each WebSocket is reset after a number of bytes that nobody knows, until `cuts` are used
    up. Pages come whole."""

    def __init__(self, host_port, cuts, seed, most_bytes):
        self.host_port = host_port
        self.left = cuts
        self.cuts = 0
        self.random = random.Random(seed)
        self.most_bytes = most_bytes
        self.port = 0

    async def start(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.host_port)
        except OSError:
            writer.transport.abort()
            return
        head = await reader.read(65536)
        far_writer.write(head)
        budget = [self.budget(head)]
        await asyncio.gather(self.pass_on(reader, far_writer, writer, budget),
                             self.pass_on(far_reader, writer, far_writer, budget))
        for end in (writer, far_writer):
            end.close()

    def budget(self, head):
        if self.left == 0 or not head.startswith(b"GET /ws/"):
            return None
        self.left -= 1
        return self.random.randrange(1, self.most_bytes)

    async def pass_on(self, source, target, other, budget):
        try:
            while data := await source.read(65536):
                if budget[0] is not None:
                    budget[0] -= len(data)
                    if budget[0] < 0:
                        data = data[:budget[0]]
                target.write(data)
                await target.drain()
                if budget[0] is not None and budget[0] < 0:
                    self.cuts += 1
                    break
        except OSError:
            pass
        for end in (target, other):
            end.transport.abort()
