# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A person of an app goes on in Chromium, over the real host: linking_test.py PARLOURD [TEST…]"""

import asyncio
import base64
import json
import os
import sys
import threading
import unittest
from urllib.parse import quote

import websockets
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from selenium.webdriver.support.expected_conditions import alert_is_present

from browser import Browser
from host import Host

PARLOURD = sys.argv.pop(1)


def words(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class App:
    """A client of parlour.v1 that is known by a key, as docs/protocol.md says. Reads in a thread."""

    def __init__(self, port, name):
        self.heard = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.socket = self.run(self.enter(port, name))
        asyncio.run_coroutine_threadsafe(self.read(), self.loop)

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    async def enter(self, port, name):
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        socket = await websockets.connect(f"ws://127.0.0.1:{port}/ws/parlour/", subprotocols=["parlour.v1"])
        await socket.send(json.dumps({"type": "hello", "name": name, "key": words(public), "client": "app"}))
        nonce = json.loads(await socket.recv())["nonce"]
        signature = key.sign(b"parlour.v1\0" + base64.urlsafe_b64decode(nonce + "="))
        await socket.send(json.dumps({"type": "proof", "signature": words(signature)}))
        self.person = json.loads(await socket.recv())["person"]
        return socket

    async def read(self):
        async for frame in self.socket:
            self.heard.append(json.loads(frame))

    def send(self, kind, **fields):
        self.run(self.socket.send(json.dumps({"type": kind, **fields})))

    def all(self, kind):
        return [frame for frame in self.heard if frame["type"] == kind]

    def end(self):
        self.run(self.socket.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


class Linking(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")

    @classmethod
    def tearDownClass(cls):
        cls.host.stop()

    def setUp(self):
        self.browser = Browser(self.language())
        self.addCleanup(self.browser.quit)
        self.app = App(self.host.port, "Ann Ж+")
        self.addCleanup(self.app.end)
        self.app.send("join", room="general")
        self.until(lambda: self.app.all("members"), "the app to be in")

    def language(self):
        return "ru" if "russian" in self.id() else "en-GB"

    def until(self, condition, what):
        return self.browser.until(condition, what)

    def link(self):
        before = len(self.app.all("linked"))
        self.app.send("link")
        self.until(lambda: len(self.app.all("linked")) > before, "a code")
        return self.app.all("linked")[-1]["code"]

    def open(self, path, code, name="Ann Ж+"):
        self.browser.driver.get("about:blank")
        self.browser.driver.get(f"{self.host.url}{path}#link={code}&name={quote(name)}")

    def self_id(self):
        """As whom the host knows the page: by the token that it remembers."""
        token = self.browser.run("return JSON.parse(localStorage.getItem('parlour')).token")

        async def ask():
            async with websockets.connect(f"ws://127.0.0.1:{self.host.port}/ws/parlour/", subprotocols=["parlour.v1"]) as socket:
                await socket.send(json.dumps({"type": "hello", "name": self.app.person["name"], "token": token, "client": "browser"}))
                return json.loads(await socket.recv())["person"]["id"]
        return asyncio.run(ask())

    def answer(self, yes):
        """The question whether to be somebody else, answered; returns it."""
        alert = self.browser.until(lambda: alert_is_present()(self.browser.driver), "the question")
        words = alert.text
        alert.accept() if yes else alert.dismiss()
        return words

    def shot(self, name):
        if folder := os.environ.get("SCREENSHOTS"):
            self.browser.driver.save_screenshot(os.path.join(folder, name))

    def test_a_rooms_address_brings_its_reader_in_as_the_same_person(self):
        self.app.send("say", room="general", id="7d0f0c2e-3d8f-4a0e-8d3c-53f1f3b1a001", text="from the app")
        self.open("chat/general/", self.link())
        browser = self.browser
        browser.until_joined("general")
        self.assertNotIn("#", browser.driver.current_url)
        browser.until_log_has("from the app")
        self.assertEqual(browser.text("#my-name .name"), "Ann Ж+")
        browser.until(lambda: browser.text("#member-count") == "1", "one person in the room")
        self.assertEqual(self.self_id(), self.app.person["id"])
        self.shot("linked.png")

        said = self.app.all("message")[-1]
        browser.until(lambda: [frame for frame in self.app.all("read") if frame["number"] >= said["number"]],
                      "the app to hear what was read")
        browser.driver.refresh()
        browser.until_joined("general")
        self.assertEqual(browser.text("#my-name .name"), "Ann Ж+")
        self.assertEqual(self.self_id(), self.app.person["id"])

    def test_the_lobby_uses_the_link_itself(self):
        self.open("", self.link())  # leads to chat/
        browser = self.browser
        browser.until(lambda: "Ann Ж+" in browser.text("#lobby-note"), "being told as whom")
        self.assertEqual(browser.run("return location.hash"), "")
        self.shot("linked-lobby.png")
        browser.until(lambda: browser.texts(".lobby-room"), "the rooms")
        browser.press(".lobby-room")
        browser.until_joined("general")
        self.assertEqual(browser.text("#my-name .name"), "Ann Ж+")
        self.assertEqual(self.self_id(), self.app.person["id"])

    def test_a_used_link_lets_nobody_in_and_says_why(self):
        code = self.link()
        browser = self.browser
        self.open("chat/general/", code)
        browser.until_joined("general")
        browser.run("localStorage.clear()")
        self.open("chat/general/", code)
        browser.until(lambda: browser.shown("#strip"), "the strip")
        self.assertIn("works once", browser.text("#strip-reason"))
        self.assertNotIn("#", browser.driver.current_url)
        self.shot("used.png")
        browser.press("#strip-action")
        browser.until_joined("general")
        self.assertTrue(browser.text("#my-name .name").startswith("Guest "))
        self.assertNotEqual(self.self_id(), self.app.person["id"])
        self.open("chat/", code)
        self.answer(True)
        browser.until(lambda: "works once" in browser.text("#lobby-note"), "the lobby to say why")

    def test_a_used_link_is_told_in_russian(self):
        self.open("chat/", "none")
        self.until(lambda: "действует один раз" in self.browser.text("#lobby-note"), "the words")
        self.shot("used-lobby-ru.png")

    def test_a_link_that_is_opened_over_the_open_page_begins_it_anew(self):
        browser = self.browser
        browser.driver.get(f"{self.host.url}chat/general/")
        browser.until_joined("general")
        browser.run("location.hash = arguments[0]", f"link={self.link()}&name=Ann")
        self.answer(True)
        browser.until(lambda: browser.text("#my-name .name") == "Ann Ж+", "being Ann")

    def test_who_is_known_here_is_asked_before_becoming_somebody_else(self):
        browser = self.browser
        browser.driver.get(f"{self.host.url}chat/general/")
        browser.until_joined("general")
        before = browser.text("#my-name .name")
        for path in ("chat/general/", "chat/"):
            self.open(path, self.link())
            self.assertIn("Ann Ж+", self.answer(False))
        browser.driver.get(f"{self.host.url}chat/general/")
        browser.until_joined("general")
        self.assertEqual(browser.text("#my-name .name"), before)
        self.assertNotEqual(self.self_id(), self.app.person["id"])


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
