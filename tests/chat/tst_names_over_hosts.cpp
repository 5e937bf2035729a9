// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using State = FakeSharedLayer::State;

namespace {

BridgeOptions quick()
{
    BridgeOptions options;
    options.presence.tick = 1ms;
    options.presence.changeDelay = 1ms;
    options.presence.answerDelay = 1ms;
    options.presence.answerInterval = 1ms;
    return options;
}

/// A host that finds the others later, and somebody in its room "general".
struct Island {
    Island(channels::ChannelLayer &common, const QString &name)
        : layer(common, State::Away)
        , host(layer, u"Studio"_s, quick())
        , client(host.chat)
    {
        id = client.hello(name).person.id;
        client.join();
    }

    /// What the island's people see the person called; empty: not at all.
    QString nameOf(const QString &person)
    {
        V1Client looker(host.chat);
        looker.hello(u"Looker"_s);
        looker.send(JoinFrame{u"general"_s});
        const auto people = looker.next<MembersFrame>().people.value_or(QList<Person>());
        for (const Person &shown : people) {
            if (shown.id == person)
                return shown.name;
        }
        return {};
    }

    FakeSharedLayer layer;
    SharingHost host;
    V1Client client;
    QString id;
};

} // namespace

/// Hosts that find each other have one list of names.
class NamesOverHostsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNameOfTwoGetsANumber_data();
    void aNameOfTwoGetsANumber();
};

void NamesOverHostsTest::aNameOfTwoGetsANumber_data()
{
    QTest::addColumn<QString>("here");
    QTest::addColumn<QString>("there");
    QTest::newRow("the same") << u"Ann"_s << u"Ann"_s;
    QTest::newRow("look-alikes") << u"Ann"_s << u"An\u2060n"_s;
}

void NamesOverHostsTest::aNameOfTwoGetsANumber()
{
    QFETCH(QString, here);
    QFETCH(QString, there);
    InMemoryChannelLayer common;
    Island north(common, here);
    Island south(common, there);
    QVERIFY(north.id != south.id);
    north.layer.setState(State::Up);
    south.layer.setState(State::Up);
    Island &yielding = north.id > south.id ? north : south;
    const QString name = (&yielding == &north ? here : there) + u"#2"_s;
    const QString kept = &yielding == &north ? there : here;
    QCOMPARE(yielding.client.next<RenamedFrame>().person.name, name);
    Island &staying = &yielding == &north ? south : north;
    QVERIFY(channels::waitFor([&] { return staying.nameOf(yielding.id) == name; }, 10s));
    for (Island *island : {&north, &south}) {
        QCOMPARE(island->nameOf(yielding.id), name);
        QCOMPARE(island->nameOf(staying.id), kept);
    }
}

PARLOUR_TEST(NamesOverHostsTest)
#include "tst_names_over_hosts.moc"
