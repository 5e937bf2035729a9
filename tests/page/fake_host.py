# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A browser whose page speaks to a socket that the test answers, so that a host's every frame can be given."""

from browser import Browser

ME = {"id": "p-me", "name": "Ann", "role": "guest", "via": "browser"}
PRIYA = {"id": "p-9", "name": "Priya", "role": "guest", "via": "browser"}

# A socket that opens at once and keeps what the page says; `drop()` ends it as a broken line does, or with a close code.
SOCKET = """
window.sent = [];
window.hear = (frame) => pageSocket.onmessage?.({ data: JSON.stringify(frame) });
window.drop = (code = 1006) => { pageSocket.readyState = 3; pageSocket.onclose?.({ code }); };
window.WebSocket = class {
  static OPEN = 1;
  readyState = 0;
  constructor() {
    window.pageSocket = this;
    setTimeout(() => { this.readyState = 1; this.onopen?.(); });
  }
  send(text) { sent.push(JSON.parse(text)); }
  close() {}
};
"""


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012}"


def message(number, text, sender=PRIYA, **more):
    """A message object of the room; its id follows from its number."""
    return {"room": "general", "id": uuid(number), "epoch": "e-1", "number": number, "time": 1795343940000 + number,
            "sender": {"id": sender["id"], "name": sender["name"]}, "text": text, **more}


class FedBrowser(Browser):
    """Before `visit`, `scripts` may be added to what the page starts with."""

    def start(self):
        super().start()
        self.starts_with_socket()

    def starts_with_socket(self):
        """So does every window that begins so."""
        self.starts_with(SOCKET)

    def starts_with(self, script):
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def visit(self, url, messages=(), number=None, more=False, read=None, people=(ME, PRIYA), first=None, listed=()):
        """Opens the room general, of which the host has these messages."""
        self.driver.get(f"{url}chat/general/")
        self.until_sent("hello")
        number = number if number is not None else max((one["number"] for one in messages), default=0)
        rooms = [{"room": "general", "title": "general", "epoch": "e-1", "number": number, "people": 2}, *listed]
        self.welcome(rooms, read)
        self.until_sent("join")
        self.enter(messages, number, more, people, first)
        self.until_joined("general")

    def forget_all(self, url):
        """Leaves nothing of what the page keeps."""
        self.driver.get(url + "healthz")  # of the host's origin, with no script of its own
        self.run("sessionStorage.clear()")
        self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": url.rstrip("/"), "storageTypes": "local_storage,indexeddb"})

    def welcome(self, rooms, read=None):
        self.hear(type="welcome", host={"id": "h", "title": "Studio North"}, person=ME, token="t", rooms=rooms, watched=False, read=read or [])

    def enter(self, messages, number, more, people, first):
        self.hear(type="joined", room="general", epoch="e-1", number=number)
        first = first if first is not None else min((one["number"] for one in messages), default=0)
        self.hear(type="history", room="general", epoch="e-1", first=first, number=number, messages=list(messages), more=more)
        self.hear(type="members", room="general", people=list(people))

    def hear(self, **frame):
        self.run("hear(arguments[0])", frame)

    def says(self, one):
        self.hear(type="message", **one)

    def changed(self, number, one, what="edit", id="change", by=PRIYA):
        self.hear(type="changed", room="general", epoch="e-1", number=number, id=id, what=what, by={"id": by["id"], "name": by["name"]}, message=one)

    def sent(self, kind):
        return self.run("return sent.filter((frame) => frame.type === arguments[0])", kind)

    def until_sent(self, kind, count=1):
        self.until(lambda: len(self.sent(kind)) >= count, f"{count} of {kind} to be sent")
        return self.sent(kind)[-1]

    def until_rows(self, *texts):
        self.until(lambda: self.texts(".message .text") == list(texts), f"the rows {texts}, not {self.texts('.message .text')}")
