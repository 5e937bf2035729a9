# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The events example: what a worker has done reaches those who listen. event_stream.py PROGRAM ENGINE"""

import http.client
import sys
import unittest

from program import Program

PROGRAM, ENGINE = sys.argv[1:3]
PATIENCE = 60


class EventStream(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.example = Program([PROGRAM], [] if ENGINE == "native" else [ENGINE])

    @classmethod
    def tearDownClass(cls):
        cls.example.stop()

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.example.port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.request(method, path, body)
        answer = connection.getresponse()
        self.addCleanup(answer.close)
        return answer

    def listen(self):
        stream = self.ask("GET", "/events/")
        self.assertEqual((stream.status, stream.getheader("content-type")), (200, "text/event-stream"))
        self.assertEqual([stream.readline(), stream.readline()], [b": listening\n", b"\n"])
        return stream

    def next_event(self, stream):
        lines = []
        while (line := stream.readline().strip()) != b"":
            lines.append(line.decode())
        return lines

    def test_listeners_hear_what_the_worker_has_done(self):
        streams = [self.listen(), self.listen()]
        for text in "make this loud", "и это тоже\nв двух строках":
            answer = self.ask("POST", "/shout/", text.encode())
            self.assertEqual((answer.status, answer.read()), (202, b"accepted\n"))
            loud = [f"data: {line}" for line in text.upper().split("\n")]
            for stream in streams:
                self.assertEqual(self.next_event(stream), ["event: done", *loud])

    def test_who_has_gone_is_missed_by_nobody(self):
        self.listen().close()
        stream = self.listen()
        self.ask("POST", "/shout/", b"hello").read()
        self.assertEqual(self.next_event(stream)[-1], "data: HELLO")


unittest.main(argv=sys.argv[:1], verbosity=2)
