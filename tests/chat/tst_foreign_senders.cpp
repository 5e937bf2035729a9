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
using channels::Message;

namespace {

const QString AnyHost = u"0123456789abcdef"_s;

/// A host with Ann, in whose group anybody may write.
struct Stage {
    Stage()
        : host(shared)
        , ann(host.chat)
    {
        me = ann.hello(u"Ann"_s).person;
        ann.join();
    }
    /// How Ann sees the sender of a message with these keys.
    Sender seen(QVariantMap body)
    {
        body.insert(u"message"_s, u"hello"_s);
        (void)shared.groupSend(u"chat_general"_s, Message(u"chat.message"_s, body));
        return ann.next<MessageFrame>().message.sender;
    }
    Sender seen(const Sender &sender)
    {
        return seen({{u"host"_s, AnyHost},
                     {u"sender"_s, QVariantMap{{u"id"_s, sender.id}, {u"name"_s, sender.name}}}});
    }

    InMemoryChannelLayer shared;
    SharingHost host;
    V1Client ann;
    Person me;
};

} // namespace

/// Nobody who writes into a channel layer passes for somebody who is here.
class ForeignSendersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void djangosUsersAreToldFromPeopleHere_data();
    void djangosUsersAreToldFromPeopleHere();
    void djangosUsersAreToldFromPeopleElsewhere();
    void anIdOfSomebodyHereIsAnother();
    void aNameOfSomebodyHereIsMarked();
    void whoIsOnTwoHostsSpeaksFromBoth();
};

void ForeignSendersTest::djangosUsersAreToldFromPeopleHere_data()
{
    QTest::addColumn<QString>("username");
    QTest::addColumn<QString>("shown");
    QTest::newRow("somebody else") << u"Ivo"_s << u"Ivo"_s;
    QTest::newRow("the same name") << u"Ann"_s << u"Ann (Django)"_s;
    QTest::newRow("a look-alike") << u"An\u2060n"_s << u"An\u2060n (Django)"_s;
}

void ForeignSendersTest::djangosUsersAreToldFromPeopleHere()
{
    QFETCH(QString, username);
    QFETCH(QString, shown);
    Stage stage;
    const Sender sender = stage.seen({{u"username"_s, username}});
    QCOMPARE(sender.name, shown);
    QVERIFY(sender.id != stage.me.id);
}

void ForeignSendersTest::djangosUsersAreToldFromPeopleElsewhere()
{
    Stage stage;
    SharingHost south(stage.shared, u"Studio South"_s);
    const QString longName = QString(40, u'x');
    V1Client other(south.chat);
    other.hello(longName);
    other.join();
    QVERIFY(channels::waitFor(
        [&] { return stage.host.chat.house.people().isNameOfSomebody(longName); }, 10s));
    QCOMPARE(stage.seen({{u"username"_s, longName}}).name, QString(31, u'x') + u" (Django)"_s);
}

void ForeignSendersTest::anIdOfSomebodyHereIsAnother()
{
    Stage stage;
    const Sender imitator = stage.seen(Sender{stage.me.id, u"Ann"_s});
    QVERIFY(imitator.id.startsWith(u"elsewhere-"_s));
    QCOMPARE(imitator.name, u"Ann (elsewhere)"_s);
    QCOMPARE(stage.seen(Sender{stage.me.id, u"Eve"_s}), (Sender{imitator.id, u"Eve"_s}));
}

void ForeignSendersTest::aNameOfSomebodyHereIsMarked()
{
    Stage stage;
    QCOMPARE(stage.seen(Sender{u"p-1"_s, u"Ann"_s}), (Sender{u"p-1"_s, u"Ann (elsewhere)"_s}));
    QCOMPARE(stage.seen(Sender{u"p-1"_s, u"Ivo"_s}), (Sender{u"p-1"_s, u"Ivo"_s}));
    stage.ann.send(RenameFrame{u"Anna"_s});
    stage.ann.next<RenamedFrame>();
    QCOMPARE(stage.seen(Sender{u"p-1"_s, u"Ann"_s}).name, u"Ann"_s);
    QCOMPARE(stage.seen(Sender{u"p-1"_s, u"Anna"_s}).name, u"Anna (elsewhere)"_s);
}

void ForeignSendersTest::whoIsOnTwoHostsSpeaksFromBoth()
{
    Stage stage;
    stage.host.chat.house.people().comeElsewhere(stage.me);
    QCOMPARE(stage.seen(Sender{stage.me.id, u"Ann"_s}), (Sender{stage.me.id, u"Ann"_s}));
}

PARLOUR_TEST(ForeignSendersTest)
#include "tst_foreign_senders.moc"
