# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""One room of the Django Channels tutorial behind daphne, and of Parlour hosts: shared_room_test.py PARLOURD BACKEND"""

import sys
import time
import unittest

from people import Member, Plain
from stack import DjangoSite, Host, RedisServer, until

PARLOURD, BACKEND = sys.argv.pop(1), sys.argv.pop(1)
MANY = 10_000
LONG = 600  # seconds; on a busy machine Django takes more than the usual 60 to read MANY, and drops what is older
BURST = 2_000
ROOMY = 20_000  # the capacity for MANY at once: more than any inbox ever holds


class SharedRoom(unittest.TestCase):
    def setUp(self):
        self.redis = self.ended(RedisServer())

    def ended(self, thing):
        self.addCleanup(thing.end)
        return thing

    def site(self, **options):
        return self.ended(DjangoSite(self.redis, BACKEND, **options))

    def host(self, *arguments, **options):
        return self.ended(Host(PARLOURD, self.redis, BACKEND, *arguments, **options))

    def test_everybody_hears_everybody(self):
        """Two hosts, one of each engine, and a Django site are one room."""
        site = self.site()
        north, south = self.host("--title", "North"), self.host("--title", "South", engine="qt")
        people = {"Django": Plain(site.socket("lobby")), "plain": Plain(north.socket("lobby")),
                  "Ann": Member(north.socket("lobby"), "Ann"), "Ben": Member(south.socket("lobby"), "Ben")}
        for name, person in people.items():
            person.say(f"I am {name}, ёж")
        for person in people.values():
            for name in people:
                person.hears(f"I am {name}, ёж")
        for person in people.values():
            self.assertEqual(len(person.heard), len(people))
            self.assertIsNone(person.closed)
        self.assertEqual([m["number"] for m in people["Ann"].messages], [1, 2, 3, 4])
        self.assertEqual({m["id"] for m in people["Ann"].messages if m["sender"]["name"] in ("Ann", "Ben")},
                         {m["id"] for m in people["Ben"].messages if m["sender"]["name"] in ("Ann", "Ben")})

    def test_rooms_keep_apart(self):
        site, host = self.site(), self.host()
        lobby, other = Plain(site.socket("lobby")), Plain(host.socket("other"))
        there, here = Plain(host.socket("lobby")), Plain(site.socket("other"))
        lobby.say("for the lobby")
        here.say("for the other")
        there.hears("for the lobby")
        other.hears("for the other")
        self.assertEqual((there.heard, other.heard), (["for the lobby"], ["for the other"]))

    def test_many_messages_each_way(self):
        site = self.site(capacity=ROOMY, expiry=LONG)
        host = self.host("--rate", "0", "--capacity", str(ROOMY), "--expiry", str(LONG))
        django, plain = Plain(site.socket("lobby")), Plain(host.socket("lobby"))
        member = Member(host.socket("lobby"), "Ann")
        start = time.monotonic()
        there = django.begin_to_say(f"D{n}" for n in range(MANY))
        here = plain.begin_to_say(f"P{n}" for n in range(MANY))
        for person in (django, plain, member):
            until(lambda: len(person.heard) >= 2 * MANY, f"all to arrive; {len(person.heard)} did", patience=240)
            for sender in "DP":
                texts = [text for text in person.heard if text[0] == sender]
                self.assertEqual(texts, [f"{sender}{n}" for n in range(MANY)])
        there.result(0)
        here.result(0)
        self.assertEqual([m["number"] for m in member.messages], list(range(1, 2 * MANY + 1)))
        print(f"{BACKEND}: {MANY} messages each way in {time.monotonic() - start:.1f} s", flush=True)

    def test_a_burst_needs_no_more_than_the_usual_capacity(self):
        """Whoever is full is waited for."""
        site, north, south = self.site(), self.host("--rate", "0"), self.host()
        django, ben, plain = Plain(site.socket("lobby")), Member(south.socket("lobby"), "Ben"), Plain(north.socket("lobby"))
        texts = [f"P{n}" for n in range(BURST)]
        plain.begin_to_say(texts).result(60)
        for person in (plain, ben, django):
            until(lambda person=person: len(person.heard) >= BURST, f"all to arrive; {len(person.heard)} did", patience=60)
            self.assertEqual(person.heard, texts)

    def test_a_member_who_leaves_is_gone_from_redis(self):
        """Django never writes to a host that has nobody in the room."""
        host = self.host()
        person = Plain(host.socket("lobby"))
        self.assertEqual(self.members("lobby"), 1)
        person.end()
        until(lambda: self.members("lobby") == 0, "the host to leave the room's group")
        again = Plain(host.socket("lobby"))
        self.assertEqual(self.members("lobby"), 1)
        host.stop()
        until(lambda: self.members("lobby") == 0, "the host to leave the group as it ends")
        self.assertEqual(until(lambda: again.closed, "the close") and again.closed, 1001)

    def members(self, room):
        if BACKEND == "core":
            return self.redis.client.zcard(f"asgi:group:chat_{room}")
        return self.redis.client.pubsub_numsub(f"asgi__group__chat_{room}")[0][1]

    def test_people_of_all_hosts_are_one_list(self):
        north, south = self.host("--title", "North"), self.host("--title", "South")
        ann, ben = Member(north.socket("lobby"), "Ann"), Member(south.socket("lobby"), "Ben")
        cat = Plain(south.socket("lobby"))
        until(lambda: len(ann.people) == 3, f"all three; there are {ann.names()}")
        until(lambda: len(ben.people) == 3, f"all three; there are {ben.names()}")
        cat.end()
        until(lambda: ann.names() == ["Ann", "Ben"], "the guest to leave the list of the other host")
        south.kill()
        took = until(lambda: ann.names() == ["Ann"], "the people of a dead host to leave")
        print(f"{BACKEND}: gone {took:.1f} s after kill -9", flush=True)
        until(lambda: self.members("lobby") == 1, "the dead host's membership to go")

    def test_a_worker_says_what_django_sends(self):
        site, host = self.site(), self.host("--worker", "parlour.say")
        django, ann = Plain(site.socket("lobby")), Member(host.socket("lobby"), "Ann")
        site.send("parlour.say", {"type": "parlour.say", "room": "lobby", "message": "from a task"})
        for person in (django, ann):
            person.hears("from a task")
        site.start_worker("django.clerk")
        question = {"type": "parlour.say", "room": "lobby", "message": "and answered", "reply": "django.clerk"}
        site.send("parlour.say", question)  # answered as soon as the worker has started
        if BACKEND == "pubsub":  # where nobody listens yet, a message is gone
            until(lambda: self.redis.client.pubsub_numsub("django.clerk")[0][1] == 1, "the worker to listen")
            site.send("parlour.say", question)
        ann.hears("and answered")
        until(lambda: any(text.startswith("said as number") for text in ann.heard), "the worker's answer")
        site.send("parlour.say", {"type": "parlour.say", "room": "no/room", "message": "x", "reply": "django.clerk"})
        until(lambda: any(text.startswith("refused: ") for text in ann.heard), "the refusal")


if __name__ == "__main__":
    unittest.main(verbosity=2)
