# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What the people in a room see while something is wrong with Redis: faults_test.py PARLOURD BACKEND

Two hosts and a Django site share a room; in each host somebody talks all the time.
"""

import signal
import sys
import threading
import time
import unittest
import urllib.request

from people import Member, Plain
from stack import DjangoSite, Host, RedisServer, until

PARLOURD, BACKEND = sys.argv.pop(1), sys.argv.pop(1)
GROUP = "asgi:group:chat_lobby" if BACKEND == "core" else "asgi__group__chat_lobby"


class Talk:
    """Says numbered texts at a steady pace and notes how long the speaker waits for each; deletes some that the listener
    has. A host in memory refuses that where it has forgotten the message, which the listener's host may still have."""

    def __init__(self, person, letter, listener):
        self.person = person
        self.letter = letter
        self.listener = listener
        self.deletions = {}
        self.said = 0
        self.waits = []
        self.running = True
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while self.running:
            text = f"{self.letter}{self.said}"
            start = time.monotonic()
            self.person.say(text)
            self.said += 1
            self.person.hears(text)
            self.waits.append(time.monotonic() - start)
            if self.said % 5 == 0:
                self.delete_one()
            time.sleep(0.02)

    def delete_one(self):
        known = [id for id, text in list(self.listener.shown.items())
                 if (text or "").startswith(self.letter) and id not in self.deletions]
        if known:
            self.deletions[known[-1]] = self.person.delete(known[-1])

    def deleted(self):
        return [message for message, deletion in self.deletions.items()
                if self.person.refused.get(deletion) != "no_such_message"]

    def end(self):
        self.running = False
        self.thread.join()

    def texts(self):
        return [f"{self.letter}{n}" for n in range(self.said)]


class Faults(unittest.TestCase):
    def setUp(self):
        self.redis = self.ended(RedisServer())
        self.site = self.ended(DjangoSite(self.redis, BACKEND))
        self.north = self.ended(Host(PARLOURD, self.redis, BACKEND, "--rate", "0"))
        self.south = self.ended(Host(PARLOURD, self.redis, BACKEND, "--rate", "0"))
        self.ann = Member(self.north.socket("lobby"), "Ann")
        self.ben = Member(self.south.socket("lobby"), "Ben")
        self.eve = Plain(self.north.socket("lobby"))
        self.talks = [Talk(self.ann, "A", self.ben), Talk(self.ben, "B", self.ann)]
        self.addCleanup(self.end_talks)
        self.ann.hears("B5")
        self.ben.hears("A5")

    def ended(self, thing):
        self.addCleanup(thing.end)
        return thing

    def end_talks(self):
        for talk in self.talks:
            talk.end()

    def talk_on(self, seconds):
        """Time in which people talk."""
        time.sleep(seconds)

    def state_is(self, state, patience=20):
        return until(lambda: all(p.states and p.states[-1] == state for p in (self.ann, self.ben)),
                     f"{state}; the states were {self.ann.states} and {self.ben.states}", patience)

    def readiness(self, host):
        return urllib.request.urlopen(f"{host.url}readyz", timeout=20).read().decode()

    def metric(self, host, name):
        text = urllib.request.urlopen(f"{host.url}metrics", timeout=20).read().decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))

    def tell(self, fault, back, lost):
        print(f"{BACKEND}, {fault}: back after {back:.2f} s; of the other's messages Ann missed {lost[0]}, Ben {lost[1]}; "
              f"longest wait for one's own {max(max(talk.waits) for talk in self.talks) * 1000:.0f} ms", flush=True)

    def everything_is_well(self, fault, back=0.0, may_lose=0):
        """Talk goes both ways again, nobody was closed, all own messages came in order, of others none twice."""
        for talk, listener in zip(self.talks, (self.ben, self.ann)):
            mark = f"{talk.letter}{talk.said + 3}"
            listener.hears(mark)
        fresh = Plain(self.site.socket("lobby"))
        fresh.say(f"Django is back after {fault}")
        for person in (self.ann, self.ben, self.eve):
            person.hears(f"Django is back after {fault}")
        fresh.end()
        self.end_talks()
        for talk, listener in zip(self.talks, (self.ben, self.ann)):
            listener.hears(talk.texts()[-1])
        lost = []
        for person, own, other in ((self.ann, *self.talks), (self.ben, *self.talks[::-1])):
            self.assertIsNone(person.closed)
            self.assertEqual([text for text in person.heard if text[0] == own.letter], own.texts())
            heard = [text for text in person.heard if text[0] == other.letter]
            self.assertEqual(len(heard), len(set(heard)), "twice")
            self.assertEqual(heard, sorted(heard, key=lambda text: int(text[1:])), "out of order")
            lost.append(other.said - len(heard))
        self.nobody_sees_what_was_deleted()
        self.assertIsNone(self.eve.closed)
        self.tell(fault, back, lost)
        self.assertLessEqual(max(lost), may_lose)

    def nobody_sees_what_was_deleted(self):
        """Who comes later."""
        self.assertTrue(any(talk.deleted() for talk in self.talks))
        for host in (self.north, self.south):
            late = self.ended(Member(host.socket("lobby"), "Eve"))
            until(lambda late=late: late.shown
                  and not any(late.shown.get(id) for talk in self.talks for id in talk.deleted()),
                  "what was deleted to be gone")

    def test_stopped_and_started(self):
        self.redis.kill()
        self.state_is("away")
        self.assertIn("redis: down", self.readiness(self.north))
        self.talk_on(3)
        self.redis.start()
        back = self.state_is("up")
        self.assertIn("redis: up", self.readiness(self.north))
        self.everything_is_well("redis-server stopped and started", back, may_lose=5)

    def test_paused(self):
        self.redis.pause()
        self.talk_on(3)
        self.assertEqual(urllib.request.urlopen(f"{self.north.url}healthz", timeout=20).status, 200)
        self.redis.resume()
        self.everything_is_well("3 s of SIGSTOP")

    def test_paused_for_long(self):
        self.redis.pause()
        self.state_is("away", patience=40)
        self.redis.resume()
        back = self.state_is("up")
        self.everything_is_well("SIGSTOP until it counts as away", back, may_lose=400)

    def test_clients_killed(self):
        for kind in ("normal", "pubsub"):
            self.redis.client.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
        back = self.state_is("up")
        self.everything_is_well("CLIENT KILL", back, may_lose=20)

    def test_out_of_memory(self):
        self.redis.client.config_set("maxmemory", "1")
        self.talk_on(2)
        self.redis.client.config_set("maxmemory", "0")
        self.everything_is_well("2 s out of memory")
        self.assertEqual(self.metric(self.north, "parlour_not_shared_total"), 0)

    def test_replaced_by_an_empty_one(self):
        self.redis.kill()
        self.redis.start()
        back = self.state_is("up")
        self.everything_is_well("an empty redis-server in its place", back, may_lose=20)

    def test_emptied(self):
        self.redis.client.flushall()
        self.everything_is_well("FLUSHALL", may_lose=400)

    def test_keys_of_a_wrong_type(self):
        inboxes = [key.decode() for key in self.redis.client.scan_iter("asgi*.*!")]
        for key in [GROUP, *inboxes]:
            self.redis.client.delete(key)
            self.redis.client.set(key, "wrong", px=2000)
        self.talk_on(2)
        self.everything_is_well("2 s of wrong-type keys", may_lose=400)

    def test_junk_in_our_keys(self):
        for n, junk in enumerate((b"", b"\xc1", b"junk", b"\x81\xa4type\x01", b"\x91\x01", b"\xdf\xff\xff\xff\xff", b"\x81" * 4000)):
            if BACKEND == "pubsub":
                self.redis.client.publish(GROUP, junk)
            else:
                for member in self.redis.client.zrange(GROUP, 0, -1):
                    inbox = "asgi" + member.decode().split("!")[0] + "!"
                    self.redis.client.zadd(inbox, {b"0123456789a" + bytes([n]) + junk: time.time()})
        until(lambda: self.metric(self.north, "parlour_redis_undecodable_total") > 0, "junk to be counted")
        self.everything_is_well("junk in our keys")


class Silence(unittest.TestCase):
    """Nobody on the hosts says a word while something is wrong, and Django speaks afterwards."""

    def setUp(self):
        self.redis = self.ended(RedisServer())
        self.site = self.ended(DjangoSite(self.redis, BACKEND))
        self.north = self.ended(Host(PARLOURD, self.redis, BACKEND))
        self.south = self.ended(Host(PARLOURD, self.redis, BACKEND))
        self.ann = Member(self.north.socket("lobby"), "Ann")
        self.ben = Member(self.south.socket("lobby"), "Ben")
        self.django = Plain(self.site.socket("lobby"))
        for member in (self.ann, self.ben):
            until(lambda member=member: member.names() == ["Ann", "Ben"], "both hosts to know each other")

    def ended(self, thing):
        self.addCleanup(thing.end)
        return thing

    def everybody_hears(self, fault):
        if BACKEND == "core":  # by themselves, within one heartbeat or renewal
            until(lambda: self.redis.client.zcard(GROUP) == 3, "all to be members again", patience=12)
        texts = [f"{fault}, {n}" for n in range(5)]
        for text in texts:
            self.django.say(text)
        for person in (self.ann, self.ben, self.django):
            person.hears(texts[-1], patience=5)
            self.assertEqual([text for text in person.heard if text in texts], texts)
        for member in (self.ann, self.ben):
            until(lambda member=member: member.names() == ["Ann", "Ben"], "both to be listed again")

    def test_out_of_memory(self):
        self.redis.client.config_set("maxmemory", "1")
        time.sleep(18)
        self.redis.client.config_set("maxmemory", "0")
        self.everybody_hears("18 s out of memory")

    def test_emptied(self):
        self.redis.client.flushall()
        self.django = self.ended(Plain(self.site.socket("lobby")))  # channels_redis does not join again
        self.everybody_hears("FLUSHALL")

    def test_a_host_that_slept(self):
        self.south.process.send_signal(signal.SIGSTOP)
        time.sleep(17)
        self.south.process.send_signal(signal.SIGCONT)
        self.everybody_hears("17 s of SIGSTOP for a host")


if __name__ == "__main__":
    unittest.main(verbosity=2)
