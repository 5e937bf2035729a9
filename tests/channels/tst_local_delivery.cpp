// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What layers over a store need beside the contract.
#include "channels/channel_reader.h"
#include "channels/local_delivery.h"
#include "channels/testing/waiting.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

class Listener final : public Channel::Receiver
{
public:
    Listener(LocalDelivery &delivery, const QString &name, bool isNamed = false)
        : channel(isNamed ? delivery.openNamed(name, *this) : delivery.open(name, *this))
    {
    }
    void receiveMessage(const Message &message) override { heard.append(message.type()); }
    int unsent() const override { return untaken; }

    std::unique_ptr<Channel> channel;
    QStringList heard;
    int untaken = 0;
};

/// Does something with what it gets.
class Answerer final : public Channel::Receiver
{
public:
    Answerer(LocalDelivery &delivery, const QString &name, std::function<void()> answer)
        : m_channel(delivery.open(name, *this))
        , m_answer(std::move(answer))
    {
    }
    void receiveMessage(const Message &) override { m_answer(); }

private:
    std::unique_ptr<Channel> m_channel;
    std::function<void()> m_answer;
};

/// Counts the calls that are posted to an object.
class PostedCalls final : public QObject
{
public:
    explicit PostedCalls(QObject &object) { object.installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::MetaCall ? 1 : 0;
        return false;
    }

    int count = 0;
};

} // namespace

class LocalDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesForAGroupMayBeForSomeOfItAlone()
    {
        LocalDelivery delivery;
        const Listener ann(delivery, u"p!ann"_s);
        const Listener ben(delivery, u"p!ben"_s);
        const Listener eve(delivery, u"p!eve"_s);
        for (const Listener *listener : {&ann, &ben, &eve})
            delivery.join(u"g"_s, *listener->channel);
        delivery.arriveInGroup(u"g"_s, Message(u"all"_s));
        delivery.arriveInGroup(u"g"_s, Message(u"some"_s), {u"p!eve"_s, u"p!ben"_s, u"p!gone"_s});
        delivery.leave(u"g"_s, *ben.channel);
        delivery.deliverPending();
        QCOMPARE(ann.heard, QStringList{u"all"_s});
        QVERIFY2(ben.heard.isEmpty(), "who has left hears nothing more");
        QCOMPARE(eve.heard, (QStringList{u"all"_s, u"some"_s}));
        QCOMPARE(delivery.dropped(), (QMap<QString, qint64>{{u"no_channel"_s, 1}}));
        QCOMPARE(delivery.groups().constFirst().messages, 2);
    }

    void whatIsPostedAtOnceWakesNobodyLater()
    {
        LocalDelivery delivery;
        const Listener ann(delivery, u"p!ann"_s);
        delivery.join(u"g"_s, *ann.channel);
        PostedCalls calls(delivery);
        delivery.postAtOnce([&] {
            delivery.arriveInGroup(u"g"_s, Message(u"one"_s));
            delivery.arriveInGroup(u"g"_s, Message(u"two"_s));
            QVERIFY2(ann.heard.isEmpty(), "no delivery is within a posting");
        });
        QCOMPARE(ann.heard, (QStringList{u"one"_s, u"two"_s}));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(calls.count, 0);
        delivery.arriveInGroup(u"g"_s, Message(u"three"_s));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(calls.count, 1);
        QCOMPARE(ann.heard.size(), 3);
    }

    void whatWaitedBeforeGoesWithWhatIsPostedAtOnce()
    {
        LocalDelivery delivery;
        const Listener ann(delivery, u"p!ann"_s);
        delivery.join(u"g"_s, *ann.channel);
        delivery.arriveInGroup(u"g"_s, Message(u"one"_s));
        delivery.postAtOnce([&] { delivery.arriveInGroup(u"g"_s, Message(u"two"_s)); });
        QCOMPARE(ann.heard, (QStringList{u"one"_s, u"two"_s}));
    }

    void whatIsPostedAtOnceByAReceiverWaitsForTheNextTurn()
    {
        LocalDelivery delivery;
        const Listener ben(delivery, u"p!ben"_s);
        const Answerer ann(delivery, u"p!ann"_s, [&] {
            delivery.postAtOnce([&] { delivery.arriveInChannel(u"p!ben"_s, Message(u"two"_s)); });
        });
        delivery.arriveInChannel(u"p!ann"_s, Message(u"one"_s));
        delivery.deliverPending();
        QVERIFY2(ben.heard.isEmpty(), "delivery is never re-entrant");
        QCoreApplication::sendPostedEvents();
        QCOMPARE(ben.heard, QStringList{u"two"_s});
    }

    void whatComesIsNotAnnouncedAgain()
    {
        QList<Activity::Kind> kinds; // outlives ann, whose end is announced too
        LocalDelivery delivery;
        const Listener ann(delivery, u"p!ann"_s);
        delivery.join(u"g"_s, *ann.channel);
        connect(&delivery, &LocalDelivery::activity, this,
                [&](const Activity &activity) { kinds.append(activity.kind); });
        delivery.announce(u"g"_s, {}, Message(u"x"_s));
        delivery.arriveInGroup(u"g"_s, Message(u"x"_s));
        delivery.arriveInChannel(u"p!ann"_s, Message(u"y"_s));
        delivery.deliverPending();
        using enum Activity::Kind;
        QCOMPARE(kinds, (QList{Sent, Delivered, Delivered}));
    }

    void tellsWhoLeavesByWhateverWay()
    {
        LocalDelivery delivery;
        auto ann = std::make_unique<Listener>(delivery, u"p!ann"_s);
        const Listener ben(delivery, u"p!ben"_s);
        QSignalSpy left(&delivery, &LocalDelivery::memberLeft);
        for (const Listener *listener : {static_cast<const Listener *>(ann.get()), &ben}) {
            delivery.join(u"g"_s, *listener->channel);
            delivery.join(u"h"_s, *listener->channel);
        }
        delivery.leave(u"g"_s, *ben.channel);
        QCOMPARE(left.takeFirst(), (QVariantList{u"g"_s, u"p!ben"_s}));
        ann.reset();
        QCOMPARE(left.size(), 2);
        left.clear();
        delivery.flush();
        QCOMPARE(left.takeFirst(), (QVariantList{u"h"_s, u"p!ben"_s}));
    }

    void knowsTheOneGroupOfAChannel()
    {
        LocalDelivery delivery;
        const Listener ann(delivery, u"p!ann"_s);
        QCOMPARE(delivery.groupOf(u"p!ann"_s), QString());
        delivery.join(u"g"_s, *ann.channel);
        QCOMPARE(delivery.groupOf(u"p!ann"_s), u"g"_s);
        delivery.join(u"h"_s, *ann.channel);
        QCOMPARE(delivery.groupOf(u"p!ann"_s), QString());
        QCOMPARE(delivery.groupOf(u"p!gone"_s), QString());
    }

    void knowsWhetherAReaderIsFree()
    {
        LocalDelivery delivery({.capacity = 1});
        QVERIFY(!delivery.hasFreeReader(u"jobs"_s));
        auto reader = std::make_unique<Listener>(delivery, u"jobs"_s, true);
        QVERIFY(delivery.hasFreeReader(u"jobs"_s));
        reader->untaken = 1;
        QVERIFY(!delivery.hasFreeReader(u"jobs"_s));
        QSignalSpy left(&delivery, &LocalDelivery::readerLeft);
        reader.reset();
        QCOMPARE(left.size(), 1);
        QVERIFY(!delivery.hasFreeReader(u"jobs"_s));
    }
};

PARLOUR_TEST(LocalDeliveryTest)
#include "tst_local_delivery.moc"
