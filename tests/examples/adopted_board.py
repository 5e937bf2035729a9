# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The example that adopts a QWebSocketServer: adopted_board.py PROGRAM"""

import asyncio
import sys
import unittest

import websockets

from program import Program

PATIENCE = 30


class AdoptedBoard(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls):
        cls.example = Program([sys.argv[1]])

    @classmethod
    def tearDownClass(cls):
        cls.example.stop()

    async def open(self, path):
        client = await websockets.connect(f"ws://127.0.0.1:{self.example.port}{path}", open_timeout=PATIENCE)
        self.addAsyncCleanup(client.close)
        return client

    async def test_everybody_reads_what_one_says(self):
        readers = [await self.open("/board/") for _ in range(3)]
        # The handshake is answered before the consumer has joined: its own echo shows that it has.
        for number, reader in enumerate(readers):
            await reader.send(f"{number} is here")
            while await asyncio.wait_for(reader.recv(), PATIENCE) != f"{number} is here":
                pass
        await readers[0].send("доброе утро")
        for reader in readers:
            while await asyncio.wait_for(reader.recv(), PATIENCE) != "доброе утро":
                pass

    async def test_another_path_is_closed_as_refused(self):
        client = await self.open("/elsewhere/")
        await asyncio.wait_for(client.wait_closed(), PATIENCE)
        self.assertEqual(client.close_code, 1008)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
