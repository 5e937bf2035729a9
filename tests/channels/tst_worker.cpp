// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_name_router.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/protocol_type_router.h"
#include "channels/worker.h"
#include "channels/worker_consumer.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

/// Works, and tells a group when it is done.
class Painter final : public WorkerConsumer
{
public:
    Painter(const Scope &scope, const Send &send, ChannelLayer &layer, QStringList *seen)
        : WorkerConsumer(scope, send, &layer)
        , m_seen(seen)
    {
        on("thumbnail.make"_L1, &Painter::make);
        on("thumbnail.spoil"_L1, &Painter::spoil);
    }
    ~Painter() override { m_seen->append(u"gone"_s); }

private:
    void make(const Message &message)
    {
        m_seen->append(scope().type + u' ' + scope().channel + u' '
                       + message.value(u"file"_s).toString());
        QVERIFY(groupSend(u"done"_s, Message(u"done"_s)));
    }
    void spoil(const Message &) { throw std::runtime_error("out of paint"); }

    QStringList *m_seen;
};

/// Has no channel of its own, and handles nothing.
class Idler final : public WorkerConsumer
{
public:
    Idler(const Scope &scope, const Send &send)
        : WorkerConsumer(scope, send)
    {
    }
};

Message make(const QString &file)
{
    return Message(u"thumbnail.make"_s, {{u"file"_s, file}});
}

} // namespace

class WorkerTest : public QObject
{
    Q_OBJECT

    Application application()
    {
        return ProtocolTypeRouter({
            {"channel",
             ChannelNameRouter({{"thumbnails", asApplication<Painter>(m_layer, &m_seen)}})},
        });
    }

    InMemoryChannelLayer m_layer;
    QStringList m_seen;

private Q_SLOTS:
    void init() { m_seen.clear(); }

    void worksForItsChannel()
    {
        {
            QVERIFY(m_layer.send(u"thumbnails"_s, make(u"waited.png"_s)));
            Worker worker(application(), m_layer);
            QVERIFY(worker.listen(u"thumbnails"_s));
            QCOMPARE(worker.channels(), QStringList{u"thumbnails"_s});
            QVERIFY(m_layer.send(u"thumbnails"_s, make(u"a.png"_s)));
            m_layer.deliverPending();
            QCOMPARE(
                m_seen,
                (QStringList{u"channel thumbnails waited.png"_s, u"channel thumbnails a.png"_s}));
        }
        QCOMPARE(m_seen.last(), u"gone"_s);
        m_layer.deliverPending();
        QVERIFY(m_layer.channels().isEmpty());
    }

    void aHandlerThatThrowsLosesThatMessageAlone()
    {
        Worker worker(application(), m_layer);
        QVERIFY(worker.listen(u"thumbnails"_s));
        QVERIFY(m_layer.send(u"thumbnails"_s, Message(u"thumbnail.spoil"_s)));
        QVERIFY(m_layer.send(u"thumbnails"_s, make(u"next.png"_s)));
        m_layer.deliverPending();
        QCOMPARE(m_seen, QStringList{u"channel thumbnails next.png"_s});
    }

    void workersShareTheWork()
    {
        Worker one(application(), m_layer);
        Worker two(application(), m_layer);
        QVERIFY(one.listen(u"thumbnails"_s));
        QVERIFY(two.listen(u"thumbnails"_s));
        for (int n = 0; n < 4; ++n)
            QVERIFY(m_layer.send(u"thumbnails"_s, make(QString::number(n))));
        m_layer.deliverPending();
        QCOMPARE(m_seen.size(), 4);
        QList<qint64> shares;
        for (const ChannelInfo &info : m_layer.channels())
            if (info.kind == "worker"_L1)
                shares.append(info.delivered);
        QCOMPARE(shares, (QList<qint64>{2, 2}));
    }

    void refusesWhatItCannotListenTo()
    {
        Worker worker(application(), m_layer);
        const auto bad = worker.listen(u"thumb nails"_s);
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, u"bad_name"_s);
        QVERIFY(worker.listen(u"thumbnails"_s));
        const auto twice = worker.listen(u"thumbnails"_s);
        QVERIFY(!twice);
        QCOMPARE(twice.error().code, u"already_listening"_s);
        QCOMPARE(worker.channels().size(), 1);
    }

    void whatNobodyIsRoutedForIsCounted_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("cause");
        QTest::newRow("an unknown channel") << u"mail"_s << u"thumbnail.make"_s << u"unrouted"_s;
        QTest::newRow("an unknown type") << u"pens"_s << u"pen.break"_s << u"unregistered"_s;
        QTest::newRow("the server's own type") << u"pens"_s << u"websocket.close"_s << u"forged"_s;
    }

    void whatNobodyIsRoutedForIsCounted()
    {
        QFETCH(QString, channel);
        QFETCH(QString, type);
        QFETCH(QString, cause);
        InMemoryChannelLayer layer;
        if (cause == "unrouted"_L1)
            QTest::ignoreMessage(QtWarningMsg, "no application is routed for the channel mail");
        Worker worker(ProtocolTypeRouter({
                          {"channel", ChannelNameRouter({{"pens", asApplication<Idler>()}})},
                      }),
                      layer);
        QVERIFY(worker.listen(channel));
        QVERIFY(layer.send(channel, Message(type)));
        layer.deliverPending();
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{cause, 1}}));
        QCOMPARE(layer.channels().value(0).dropped, 1);
    }

    void anApplicationForClientsHarmsNobody()
    {
        InMemoryChannelLayer layer;
        Worker worker(ProtocolTypeRouter({}), layer);
        QVERIFY(worker.listen(u"thumbnails"_s));
        QVERIFY(layer.send(u"thumbnails"_s, make(u"a.png"_s)));
        layer.deliverPending();
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{u"unrouted"_s, 1}}));
    }
};

PARLOUR_TEST(WorkerTest)
#include "tst_worker.moc"
