# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Headless Chromium with a profile of its own."""

import os
import shutil
import signal
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

DEADLINE = 30  # seconds; every wait is for a condition

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--window-size=1280,800"]


class Browser:
    """The words of a person at a browser, over one WebDriver. `start` after `kill` takes the same profile again."""

    def __init__(self, language="en-GB", wait_for_load=True, *flags):
        self.profile = tempfile.mkdtemp(prefix="parlour-page-")
        self.language = language
        self.wait_for_load = wait_for_load
        self.flags = flags
        self.start()

    def start(self):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        options.page_load_strategy = "normal" if self.wait_for_load else "none"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        for flag in [*FLAGS, *self.flags, f"--user-data-dir={self.profile}", f"--lang={self.language}",
                     f"--accept-lang={self.language}"]:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)

    def kill(self):
        """Ends the browser as the system would that runs out of memory."""
        os.kill(self.driver.capabilities["goog:processID"], signal.SIGKILL)
        self.driver.quit()

    def quit(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def until(self, condition, what, deadline=DEADLINE):
        return WebDriverWait(self.driver, deadline).until(lambda _: condition(), f"waited for: {what}")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    # ---- the steps of the tutorial's Selenium test, with a longer deadline ----

    def enter_chat_room(self, lobby, room):
        self.driver.get(lobby)
        self.type(room, Keys.ENTER)
        self.until(lambda: room in self.driver.current_url, f"the page of {room}")

    def open_new_window(self):
        self.run('window.open("about:blank", "_blank");')
        self.switch_to_window(-1)

    def switch_to_window(self, index):
        self.driver.switch_to.window(self.driver.window_handles[index])

    def close_all_new_windows(self):
        while len(self.driver.window_handles) > 1:
            self.switch_to_window(-1)
            self.run("window.close();")
        self.switch_to_window(0)

    def post_message(self, message):
        self.type(message, Keys.ENTER)

    @property
    def chat_log_value(self):
        return self.driver.find_element(By.CSS_SELECTOR, "#chat-log").get_property("value")

    # ---- what our page has besides ----

    def type(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def type_with(self, modifiers, key):
        """One modifier, or several at once."""
        chain = ActionChains(self.driver)
        modifiers = [modifiers] if isinstance(modifiers, str) else modifiers
        for modifier in modifiers:
            chain.key_down(modifier)
        chain.send_keys(key)
        for modifier in modifiers:
            chain.key_up(modifier)
        chain.perform()

    def press(self, selector):
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def texts(self, selector):
        return self.run("return Array.from(document.querySelectorAll(arguments[0]), (n) => n.textContent)", selector)

    def shown(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).is_displayed()

    def until_log_has(self, text):
        self.until(lambda: text in (self.chat_log_value or ""), f"{text!r} in the log, which is {self.chat_log_value!r}")

    def until_joined(self, room):
        self.until(lambda: self.text("#talk h1") == room and self.texts(".member"), f"being in {room}")

    def complaints(self):
        """What the browser's console holds against the page. A host that is away is none of its faults, nor is the
        icon that the browser looks for where a page names none."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"
                and "WebSocket connection to" not in entry["message"] and "/favicon.ico" not in entry["message"]]
