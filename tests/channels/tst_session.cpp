// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/session.h"
#include "channels/testing/fake_clock.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;

namespace {

/// Counts what a session asks of it.
class CountingStore final : public SessionStore
{
public:
    std::optional<QVariantMap> load(const QByteArray &key) override
    {
        ++loads;
        return store.load(key);
    }
    void save(const QByteArray &key, const QVariantMap &data,
              std::chrono::seconds lifetime) override
    {
        ++saves;
        store.save(key, data, lifetime);
    }
    void remove(const QByteArray &key) override { store.remove(key); }

    MemorySessionStore store;
    int loads = 0;
    int saves = 0;
};

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAtItsFirstUse()
    {
        CountingStore store;
        store.store.save("key", {{u"n"_s, 1}}, 60s);
        Session session(store, "key", 60s);
        QCOMPARE(store.loads, 0);
        QCOMPARE(session.value(u"n"_s).toInt(), 1);
        QVERIFY(!session.contains(u"m"_s));
        QCOMPARE(store.loads, 1);
        QCOMPARE(session.save(), Session::Saved::Unchanged);
        QCOMPARE(store.saves, 0);
    }

    void keepsWhatWasChanged()
    {
        MemorySessionStore store;
        Session first(store, {}, 60s);
        QVERIFY(first.key().isEmpty());
        first.set(u"a"_s, 1);
        first.set(u"b"_s, 2);
        QCOMPARE(first.save(), Session::Saved::Kept);
        QVERIFY(first.key().size() >= 43);

        Session again(store, first.key(), 60s);
        again.remove(u"a"_s);
        again.remove(u"never"_s);
        QCOMPARE(again.save(), Session::Saved::Kept);
        QCOMPARE(*store.load(first.key()), (QVariantMap{{u"b"_s, 2}}));
    }

    void takesOverNoKeyThatTheStoreDoesNotKnow()
    {
        MemorySessionStore store;
        Session session(store, "chosen-by-somebody-else", 60s);
        session.set(u"a"_s, 1);
        QCOMPARE(session.save(), Session::Saved::Kept);
        QVERIFY(session.key() != "chosen-by-somebody-else");
        QVERIFY(!store.load("chosen-by-somebody-else"));
    }

    void aNewKeyEndsTheOldOne()
    {
        MemorySessionStore store;
        store.save("old", {{u"a"_s, 1}}, 60s);
        Session session(store, "old", 60s);
        session.cycleKey();
        session.cycleKey();
        QCOMPARE(session.save(), Session::Saved::Kept);
        QVERIFY(!store.load("old"));
        QCOMPARE(*store.load(session.key()), (QVariantMap{{u"a"_s, 1}}));
        QCOMPARE(store.size(), size_t(1));
    }

    void flushingForgetsAtOnce()
    {
        MemorySessionStore store;
        store.save("key", {{u"a"_s, 1}}, 60s);
        Session session(store, "key", 60s);
        session.flush();
        QVERIFY(!store.load("key"));
        QVERIFY(!session.contains(u"a"_s));
        QCOMPARE(session.save(), Session::Saved::Ended);
    }

    void twoConversationsChangeTheirOwnAlone()
    {
        MemorySessionStore store;
        store.save("key", {{u"a"_s, 1}, {u"b"_s, 1}}, 60s);
        Session page(store, "key", 60s);
        Session socket(store, "key", 60s);
        page.set(u"a"_s, 2);
        socket.set(u"b"_s, 3);
        page.save();
        socket.save();
        QCOMPARE(*store.load("key"), (QVariantMap{{u"a"_s, 2}, {u"b"_s, 3}}));
    }

    void whatEndedElsewhereStaysEnded()
    {
        MemorySessionStore store;
        store.save("key", {{u"user"_s, 1}}, 60s);
        Session socket(store, "key", 60s);
        QVERIFY(socket.contains(u"user"_s));
        socket.saveAtOnce();
        Session page(store, "key", 60s);
        page.flush();
        socket.set(u"a"_s, 1);
        QCOMPARE(store.size(), size_t(0));
        QVERIFY(!socket.contains(u"user"_s));
    }

    void aSignInOutlivesAnotherOne()
    {
        MemorySessionStore store;
        store.save("old", {{u"cart"_s, 1}}, 60s);
        Session first(store, "old", 60s); // a double click: both requests came with this key
        Session second(store, "old", 60s);
        for (Session *session : {&first, &second}) {
            session->cycleKey();
            session->set(u"user"_s, 7);
        }
        QCOMPARE(first.save(), Session::Saved::Kept);
        QCOMPARE(second.save(), Session::Saved::Kept);
        QVERIFY(first.key() != second.key());
        QCOMPARE(*store.load(first.key()), (QVariantMap{{u"cart"_s, 1}, {u"user"_s, 7}}));
        QCOMPARE(*store.load(second.key()), (QVariantMap{{u"user"_s, 7}}));
        store.remove(second.key());
        second.set(u"cart"_s, 2);
        QCOMPARE(second.save(), Session::Saved::Ended);
    }

    void theMemoryStoreForgetsInTime()
    {
        FakeClock clock;
        MemorySessionStore store({.maxSessions = 10, .clock = clock});
        store.save("short", {{u"a"_s, 1}}, 10s);
        store.save("long", {{u"a"_s, 1}}, 100s);
        clock.advance(9s);
        QVERIFY(store.load("short"));
        store.save("short", {{u"a"_s, 2}}, 10s);
        clock.advance(9s);
        QVERIFY2(store.load("short"), "saving makes it last again");
        clock.advance(1s);
        QVERIFY(!store.load("short"));
        QVERIFY(store.load("long"));
        QCOMPARE(store.size(), size_t(1));
    }

    void theMemoryStoreHasABound()
    {
        FakeClock clock;
        MemorySessionStore store({.maxSessions = 3, .clock = clock});
        for (const char *key : {"a", "b", "c", "d"}) {
            store.save(key, {}, 60s);
            clock.advance(1s);
        }
        QCOMPARE(store.size(), size_t(3));
        QVERIFY2(!store.load("a"), "the one that ends soonest makes way");
        store.save("b", {{u"n"_s, 1}}, 60s);
        QVERIFY2(store.load("c"), "who is there already needs no room");
    }
};

PARLOUR_TEST(SessionTest)
#include "tst_session.moc"
