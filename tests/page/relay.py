# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A network between a browser and a host, which can be cut."""

import random
import socket
import threading


class Relay:
    """Passes bytes between its own port and the host's; while it is cut, whoever comes is turned away. With `frailty`,
    each connection breaks by itself after a random number of bytes up to that one."""

    def __init__(self, host_port):
        self.host_port = host_port
        self.frailty = 0
        self.breaks = 0
        self.is_cut = False
        self.sockets = []
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        threading.Thread(target=self.accept, daemon=True).start()

    def cut(self):
        with self.lock:
            self.is_cut = True
            for end in self.sockets:
                shut(end)
            self.sockets.clear()

    def mend(self):
        with self.lock:
            self.is_cut = False

    def stop(self):
        self.cut()
        shut(self.listener)
        self.listener.close()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.host_port))
                self.sockets += [near, far]
            threading.Thread(target=carry, args=(near, far, self.pump), daemon=True).start()

    def pump(self, source, target):
        left = random.randint(1, self.frailty) if self.frailty else None
        try:
            while data := source.recv(65536 if left is None else min(left, 65536)):
                target.sendall(data)
                if left is not None:
                    left -= len(data)
                if left == 0:
                    self.breaks += 1
                    break
        except OSError:
            pass  # cut
        shut(source)
        shut(target)


def shut(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is not connected any more


def carry(near, far, pump):
    with near, far:
        back = threading.Thread(target=pump, args=(far, near), daemon=True)
        back.start()
        pump(near, far)
        back.join()
