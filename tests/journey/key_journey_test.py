# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A person known by key joins a host with TLS, the app refuses a swapped certificate, and hosts with TLS itself.

key_journey_test.py PARLOUR PARLOURD ENGINE, with the real programs.
"""

import asyncio
import hashlib
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile

import pyatspi
import websockets

from desktop_app import App, wait

CERTIFICATE = ("tls.crt", "tls.key")


def step(text):
    print(f"-- {text}", flush=True)


def safety_number(certificate):
    """As docs/protocol.md says, with OpenSSL's own tool."""
    key = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], check=True,
                         capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, check=True,
                         capture_output=True).stdout
    digest = hashlib.sha256(der).digest()
    return " ".join("%05d" % (int.from_bytes(digest[5 * i:5 * i + 5], "big") % 100000)
                    for i in range(6))


class Host:
    """A parlourd with TLS on this computer, and its data folder."""

    def __init__(self, program, engine, folder):
        self.program = program
        self.engine = engine
        self.data = os.path.join(folder, "host")
        self.log = os.path.join(folder, "host.log")
        self.port = 0
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--tls", "--listen", f"127.0.0.1:{self.port}", "--data", self.data,
             "--title", "Studio North", "--engine", self.engine],
            stdout=subprocess.PIPE, stderr=open(self.log, "a"), text=True)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on https://127\.0\.0\.1:(\d+)/\n", line)
        assert found, line
        self.port = int(found[1])
        wait("the safety number in the log", lambda: self.number() in open(self.log).read())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0, self.process.returncode

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def number(self):
        return safety_number(os.path.join(self.data, "tls.crt"))

    def swap_certificate(self):
        for name in CERTIFICATE:
            os.rename(os.path.join(self.data, name), os.path.join(self.data, name + ".old"))

    def restore_certificate(self):
        for name in CERTIFICATE:
            shutil.copy(os.path.join(self.data, name + ".old"), os.path.join(self.data, name))


async def _members(port):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    async with websockets.connect(f"wss://127.0.0.1:{port}/ws/chat/general/", ssl=context,
                                  subprotocols=["parlour.v1"]) as socket:
        await socket.send(json.dumps({"type": "hello", "name": "Watcher", "client": "browser"}))
        while True:
            frame = json.loads(await asyncio.wait_for(socket.recv(), 60))
            if frame["type"] == "members" and "people" in frame:
                return {person["name"]: person["id"] for person in frame["people"]}


def id_of_ann(host):
    """What the host knows Ann by, as a guest sees it."""
    return wait("Ann among the members", lambda: asyncio.run(_members(host.port)).get("Ann"))


def rooms(app):
    return app.maybe("text", "Message") is not None


def is_connected(app):
    return app.maybe("label", "Connection state") is None


def join(app, host):
    app.type("Your name", "Ann")
    app.type("Address or invite", f"127.0.0.1:{host.port}")
    app.click("push button", "Join")


def refused_with(app, known, shown):
    shown_label = app.find("label", "Number shown now").description.replace("\n", " ")
    known_label = app.find("label", "Known number").description.replace("\n", " ")
    assert (known_label, shown_label) == (known, shown), (known_label, shown_label)


def host_for_the_network(start, engine, folder):
    """What an app hosts beyond this computer is encrypted, without a word from anybody."""
    step("an app hosts for the whole network, and another joins it over TLS")
    south = start("south", "--listen", "0.0.0.0:0", "--engine", engine, "--title", "Studio South")
    south.type("Your name", "Olga")
    south.click("push button", "Host a room")
    address = wait("the address in the hosting bar", lambda: south.label("Address").strip())
    assert not address.startswith("127."), address
    south.find("text", "Message")
    number = safety_number(os.path.join(folder, "south", "tls.crt"))
    guest = start("guest")
    guest.type("Your name", "Boris")
    guest.type("Address or invite", address)
    guest.click("push button", "Join")
    wait("the room", lambda: rooms(guest))
    wait("the number that the host has", lambda: number in guest.label("Privacy"))
    guest.end()
    south.end()


def run(program, daemon, engine, folder):
    host = Host(daemon, engine, folder)
    ends = [host.end]

    def start(name, *arguments):
        app = App(program, os.path.join(folder, name), *arguments, log=log)
        ends.append(app.end)
        return app

    def start_app():
        return start("a")

    log = open(os.path.join(folder, "app.log"), "w")
    app = None
    try:
        step("the app joins a host with TLS and shows its safety number")
        host.start()
        first = host.number()
        app = start_app()
        join(app, host)
        wait("the room", lambda: rooms(app))
        wait("the number", lambda: first in app.label("Privacy"))
        app.click("push button", "Got it")
        ann = id_of_ann(host)

        step("the host comes back with the same certificate: no question, the same person")
        host.stop()
        host.start()
        assert host.number() == first
        assert id_of_ann(host) == ann, "a person known by key stays who it is"
        wait("the app to be back", lambda: is_connected(app))

        step("the host comes back with another certificate, and the app refuses it")
        host.stop()
        host.swap_certificate()
        host.start()
        second = host.number()
        assert second != first
        wait("the sheet", lambda: app.maybe("push button", "Do not join"))
        refused_with(app, first, second)
        app.click("push button", "Do not join")
        wait("the sheet to go", lambda: not app.maybe("push button", "Do not join"))

        step("started anew, it refuses it as well")
        app.end()
        app = start_app()  # which goes back to its hosts
        wait("the sheet", lambda: app.maybe("push button", "Do not join"))
        refused_with(app, first, second)
        trust = app.find("push button", "Trust the new key")
        assert not trust.getState().contains(pyatspi.STATE_ENABLED), "nothing was compared yet"
        app.click("push button", "Do not join")
        wait("the sheet to go", lambda: not app.maybe("push button", "Do not join"))
        assert not is_connected(app)

        step("with the old certificate it goes in again")
        host.stop()
        host.restore_certificate()
        host.start()
        app.end()
        app = start_app()
        wait("the app to be back", lambda: rooms(app) and is_connected(app))

        step("a person compares the new number, and the new key is trusted")
        host.stop()
        host.swap_certificate()
        host.start()
        third = host.number()
        wait("the sheet", lambda: app.maybe("push button", "Do not join"))
        refused_with(app, first, third)
        app.click("check box", "The new number was read out to me")
        app.click("push button", "Trust the new key")
        wait("the app to be back", lambda: is_connected(app))
        host_for_the_network(start, engine, folder)
    except BaseException:
        if app and app.process.poll() is None:
            print(f"== what the app shows\n{app.tree()}", flush=True)
        for name in (log.name, host.log):
            print(f"== {name}\n{open(name).read()[-4000:]}", flush=True)
        raise
    finally:
        for end in reversed(ends):
            end()


def main():
    program, daemon, engine = sys.argv[1:4]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(program, daemon, engine, folder)
    print(f"the whole journey of keys on {engine}")


main()
