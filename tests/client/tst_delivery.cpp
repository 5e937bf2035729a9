// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 30000;
const QString Room = u"general"_s;

/// What became of each message: id to the deliveries that were told, and the last reason.
class Ledger : public QObject
{
public:
    explicit Ledger(const HostClient &client)
    {
        connect(&client, &HostClient::deliveryChanged, this,
                [this](const QString &, const QString &id, Delivery delivery, const QString &why) {
                    m_told[id].append(delivery);
                    m_why[id] = why;
                });
    }
    QList<Delivery> of(const QString &id) const { return m_told[id]; }
    Delivery last(const QString &id) const
    {
        return m_told[id].isEmpty() ? Delivery::Received : m_told[id].last();
    }
    QString why(const QString &id) const { return m_why[id]; }

private:
    QHash<QString, QList<Delivery>> m_told;
    QHash<QString, QString> m_why;
};

QStringList idsOf(const QList<QJsonObject> &frames)
{
    QStringList ids;
    for (const auto &frame : frames)
        ids.append(frame["id"_L1].toString());
    return ids;
}

} // namespace

class DeliveryTest : public QObject
{
    Q_OBJECT

    static bool entered(HostClient &client)
    {
        const QSignalSpy members(&client, &HostClient::members);
        client.join(Room);
        client.open();
        return QTest::qWaitFor([&] { return !members.isEmpty(); }, Patience);
    }

private Q_SLOTS:
    void aMessageIsSendingAndThenSent()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        QVERIFY(entered(client));
        const QString id = client.say(Room, u"hello"_s);
        QVERIFY(!QUuid::fromString(id).isNull());
        QVERIFY2(ledger.of(id).isEmpty(), "nothing is told before the caller knows the id");
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(id), Delivery::Sent, Patience);
        QCOMPARE(ledger.of(id), (QList{Delivery::Waiting, Delivery::Sending, Delivery::Sent}));
        QCOMPARE(idsOf(host.received(u"say"_s)), QStringList{id});
    }

    void whatIsSaidOfflineIsSentInOrderOnce()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        client.join(Room);
        QStringList ids;
        for (int n = 0; n < 200; ++n)
            ids.append(client.say(Room, QString::number(n)));
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(ids.last()), Delivery::Sent, Patience);
        QCOMPARE(idsOf(host.received(u"say"_s)), ids);
    }

    void anUnacknowledgedMessageIsSentAgainWithItsId()
    {
        FakeHost host;
        int says = 0;
        host.setAnswer([&says](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() == "say"_L1 && ++says == 2)
                return self.socket()->abort();
            FakeHost::answerAsHost(self, frame);
        });
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        QVERIFY(entered(client));
        QStringList ids;
        for (int n = 0; n < 4; ++n)
            ids.append(client.say(Room, QString::number(n)));
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(ids[3]), Delivery::Sent, Patience);
        QCOMPARE(idsOf(host.received(u"say"_s)),
                 (QStringList{ids[0], ids[1], ids[1], ids[2], ids[3]}));
        QCOMPARE(ledger.of(ids[1]),
                 (QList{Delivery::Waiting, Delivery::Sending, Delivery::Waiting, Delivery::Sending,
                        Delivery::Sent}));
    }

    void whatTheHistoryHoldsIsNotSentAgain()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() != "say"_L1)
                return FakeHost::answerAsHost(self, frame);
            self.keep(Room, frame["id"_L1].toString(), u"hi"_s);
            self.socket()->abort();
        });
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        QVERIFY(entered(client));
        const QString id = client.say(Room, u"hi"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(id), Delivery::Sent, Patience);
        QCOMPARE(host.received(u"say"_s).size(), 1);
    }

    void theRateLimitDelaysAndDoesNotReorder()
    {
        FakeHost host;
        QStringList taken;
        int says = 0;
        host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() != "say"_L1)
                return FakeHost::answerAsHost(self, frame);
            if (++says % 3 == 0) {
                self.send({{u"type"_s, u"error"_s},
                           {u"code"_s, u"too_fast"_s},
                           {u"room"_s, Room},
                           {u"id"_s, frame["id"_L1]},
                           {u"retry"_s, 1},
                           {u"message"_s, u"Too many messages."_s}});
                return;
            }
            taken.append(frame["id"_L1].toString());
            FakeHost::answerAsHost(self, frame);
        });
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        const QSignalSpy errors(&client, &HostClient::failed);
        QVERIFY(entered(client));
        QStringList ids;
        for (int n = 0; n < 10; ++n)
            ids.append(client.say(Room, QString::number(n)));
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(ids.last()), Delivery::Sent, Patience);
        QCOMPARE(taken, ids);
        QVERIFY2(errors.isEmpty(), "what the client puts right by itself is no error");
    }

    void aRefusedMessageFailsAndMayBeRetried()
    {
        FakeHost host;
        bool full = true;
        host.setAnswer([&full](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() != "say"_L1 || !full)
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"not_logged"_s},
                       {u"room"_s, Room},
                       {u"id"_s, frame["id"_L1]},
                       {u"message"_s, u"The disk is full."_s}});
        });
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        QVERIFY(entered(client));
        const QString id = client.say(Room, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(id), Delivery::Failed, Patience);
        QCOMPARE(ledger.why(id), u"The disk is full."_s);
        full = false;
        QVERIFY(client.retry(id));
        QVERIFY(!client.retry(id));
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(id), Delivery::Sent, Patience);
        QCOMPARE(idsOf(host.received(u"say"_s)), (QStringList{id, id}));
        QVERIFY(!client.retry(id));
    }

    void anUnconfirmedMessageFailsAndTheNextGoesOn()
    {
        FakeHost host;
        int says = 0;
        host.setAnswer([&says](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() != "say"_L1 || ++says > 1)
                FakeHost::answerAsHost(self, frame);
        });
        auto options = quickOptions();
        options.acknowledgeTimeout = 200ms;
        HostClient client(host.address(), options);
        const Ledger ledger(client);
        QVERIFY(entered(client));
        const QString first = client.say(Room, u"1"_s);
        const QString second = client.say(Room, u"2"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(second), Delivery::Sent, Patience);
        QCOMPARE(ledger.last(first), Delivery::Failed);
        QVERIFY(ledger.why(first).contains(u"did not confirm"_s));
        host.say(Room, first, u"1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(first), Delivery::Sent, Patience);
    }

    void whatWentIntoADeadLinkIsSentAgainInItsOrder()
    {
        FakeHost host;
        auto options = quickOptions();
        options.acknowledgeTimeout = 100ms;
        options.socket.pongTimeout = 400ms;
        HostClient client(host.address(), options);
        const Ledger ledger(client);
        QVERIFY(entered(client));
        host.freeze();
        const QString first = client.say(Room, u"1"_s);
        const QString second = client.say(Room, u"2"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(second), Delivery::Sent, Patience);
        QCOMPARE(ledger.last(first), Delivery::Sent);
        QCOMPARE(idsOf(host.received(u"say"_s)), (QStringList{first, second}));
        QVERIFY(!(ledger.of(first) + ledger.of(second)).contains(Delivery::Failed));
        QCOMPARE(host.connections(), 2);
    }

    void whatDoesNotFitFailsInWords()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        const QString outside = client.say(Room, u"x"_s);
        client.join(Room);
        const QString exact = client.say(Room, QString(u"🙂"_s).repeated(4000));
        const QString longer = client.say(Room, QString(4001, u'x'));
        for (int n = 1; n < 1000; ++n)
            client.say(Room, u"x"_s);
        const QString tooMany = client.say(Room, u"x"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(tooMany), Delivery::Failed, Patience);
        QVERIFY(ledger.why(tooMany).contains(u"waiting already"_s));
        QCOMPARE(ledger.last(outside), Delivery::Failed);
        QVERIFY(ledger.why(outside).contains(u"not in this room"_s));
        QCOMPARE(ledger.last(longer), Delivery::Failed);
        QVERIFY(ledger.why(longer).contains(u"too long"_s));
        QCOMPARE(ledger.last(exact), Delivery::Waiting);
    }

    void leavingARoomFailsWhatWaitsThere()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        client.join(Room);
        client.join(u"design"_s);
        const QString lost = client.say(Room, u"1"_s);
        const QString kept = client.say(u"design"_s, u"2"_s);
        client.leave(Room);
        QCOMPARE(ledger.last(lost), Delivery::Failed);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(kept), Delivery::Sent, Patience);
        QCOMPARE(idsOf(host.received(u"say"_s)), QStringList{kept});
    }

    void aDiscardedMessageIsNotSent()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Ledger ledger(client);
        client.join(Room);
        const QString gone = client.say(Room, u"1"_s);
        const QString kept = client.say(Room, u"2"_s);
        client.discard(gone);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(ledger.last(kept), Delivery::Sent, Patience);
        QCOMPARE(idsOf(host.received(u"say"_s)), QStringList{kept});
    }
};

PARLOUR_TEST(DeliveryTest)
#include "tst_delivery.moc"
