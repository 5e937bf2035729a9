# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The desktop app, started for real and driven over AT-SPI as a screen reader would."""

import os
import signal
import subprocess
import time

import pyatspi

PATIENCE = 60  # seconds; machines are shared and noisy


def wait(what, condition, patience=PATIENCE):
    """Waits until condition() is true and returns its value; fails naming `what`."""
    end = time.monotonic() + patience
    problem = None
    while time.monotonic() < end:
        try:
            value = condition()
            if value:
                return value
            problem = None
        except Exception as error:  # an accessible may vanish while it is looked at
            problem = error
        time.sleep(0.05)
    raise AssertionError(f"waited {patience} s for {what}" + (f" ({problem})" if problem else ""))


def walk(node, depth=0):
    """Every accessible below a node, the node first."""
    if node is None or depth > 40:
        return
    yield node
    for index in range(min(node.childCount, 2000)):
        yield from walk(node.getChildAtIndex(index), depth + 1)


class App:
    """One process of the desktop app with a data folder of its own."""

    def __init__(self, program, data, *arguments, log=None):
        environment = dict(os.environ, PARLOUR_OWNER_TOKEN="")
        self.process = subprocess.Popen([program, "--data", data, *arguments], env=environment,
                                        stdout=subprocess.DEVNULL, stderr=log)
        self.root = wait("the app on the accessibility bus", self._find_root)

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the app ended with {self.process.returncode}")
        desktop = pyatspi.Registry.getDesktop(0)
        for app in desktop:
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    def find(self, role, name, patience=PATIENCE):
        """The one visible control of that role and name."""
        return wait(f"{role} '{name}'", lambda: self.maybe(role, name), patience)

    def maybe(self, role, name):
        self.root.clear_cache()
        for node in walk(self.root):
            if node.name == name and node.getRoleName() == role:
                states = node.getState()
                if states.contains(pyatspi.STATE_SHOWING):
                    return node
        return None

    def click(self, role, name):
        """Presses a button, check box or item."""
        node = self.find(role, name)
        wait(f"'{name}' to be enabled",
             lambda: node.getState().contains(pyatspi.STATE_ENABLED))
        self.press(node)

    @staticmethod
    def press(node):
        """Does the first of what can be done with a control that was found."""
        action = node.queryAction()
        names = [action.getName(i) for i in range(action.nActions)]
        wanted = next((n for n in ("Press", "Toggle") if n in names), names[0])
        action.doAction(names.index(wanted))

    def type(self, name, text):
        self.find("text", name).queryEditableText().setTextContents(text)

    def label(self, name):
        """The text of a label: its description, since its name stays the same."""
        return self.find("label", name).description

    def text_of(self, name):
        node = self.find("text", name).queryText()
        return node.getText(0, node.characterCount)

    def rows(self, role, name):
        """The names of the children of a list, in order."""
        node = self.find(role, name)
        node.clear_cache()
        return [child.name for child in node if child is not None]

    def table(self, name):
        """A table's cells, row by row."""
        node = self.find("table", name)
        node.clear_cache()
        table = node.queryTable()
        return [[(cell.name if (cell := table.getAccessibleAt(row, column)) else "")
                 for column in range(table.nColumns)] for row in range(table.nRows)]

    def titles(self):
        return [frame.name for frame in self.root if frame is not None]

    def tree(self):
        """What the accessibility bus shows, for a failure's report."""
        lines = []
        for node in walk(self.root):
            if node.getState().contains(pyatspi.STATE_SHOWING):
                lines.append(f"{node.getRoleName()}: {node.name!r}")
        return "\n".join(lines[:300])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.process.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"the app ended with {self.process.returncode}")
