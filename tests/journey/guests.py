# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The clients that are not ours: Chromium, and a WebSocket library that speaks the tutorial."""

import asyncio
import json
import tempfile
import threading
import urllib.parse

import websockets
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from desktop_app import wait

CHROMIUM_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                  "--disable-background-networking", "--disable-component-update",
                  "--disable-sync", "--disable-quic", "--disable-dev-shm-usage", "--lang=en",
                  "--window-size=1200,800")


class Browser:
    """One Chromium with any number of tabs on the host's room page."""

    def __init__(self, address):
        self.address = address
        options = webdriver.ChromeOptions()
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        for flag in (*CHROMIUM_FLAGS, f"--user-data-dir={self.profile.name}"):
            options.add_argument(flag)
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def open(self, room):
        """Opens a room in a new tab and returns the tab."""
        self.driver.switch_to.new_window("tab")
        self.driver.get(f"http://{self.address}/chat/{urllib.parse.quote(room)}/")
        return self.driver.current_window_handle

    def log(self, tab):
        self.driver.switch_to.window(tab)
        return self.driver.find_element(By.ID, "chat-log").get_property("value").splitlines()

    def say(self, tab, text):
        self.driver.switch_to.window(tab)
        field = self.driver.find_element(By.ID, "chat-message-input")
        field.send_keys(text + Keys.ENTER)

    def close(self, tab):
        self.driver.switch_to.window(tab)
        self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])

    def end(self):
        self.driver.quit()
        self.profile.cleanup()


class TutorialClient:
    """What the tutorial's page does, in Python: {"message": …} both ways. Reads in a thread."""

    def __init__(self, address, room):
        self.heard = []
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._socket = self._run(self._connect(f"ws://{address}/ws/chat/{room}/"))
        asyncio.run_coroutine_threadsafe(self._read(), self._loop)

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    @staticmethod
    async def _connect(url):
        return await websockets.connect(url)

    async def _read(self):
        async for frame in self._socket:
            self.heard.append(json.loads(frame)["message"])

    def say(self, text):
        self._run(self._socket.send(json.dumps({"message": text})))

    def end(self):
        self._run(self._socket.close())
        self._loop.call_soon_threadsafe(self._loop.stop)


def wait_for_line(browser, tab, text):
    wait(f"'{text}' on the page", lambda: any(text in line for line in browser.log(tab)))
