// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/close_codes.h"
#include "support/runner.h"
#include "wiring/host_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace parlour;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;

/// A whole host in this process, and clients that know nothing of ours, on both engines.
class HostServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesAThousandMessagesInOrder_data() { engines(); }
    void carriesAThousandMessagesInOrder();
    void showsTheMonitorWhatIsThere_data() { engines(); }
    void showsTheMonitorWhatIsThere();
    void staysUsableWhenAWatchingMonitorVanishes_data() { engines(); }
    void staysUsableWhenAWatchingMonitorVanishes();
    void tellsEverybodyThatItStops_data() { engines(); }
    void tellsEverybodyThatItStops();
    void remembersFromOneStartToTheNext_data();
    void remembersFromOneStartToTheNext();
    void tellsWhatItsDamagedMemoryLost_data();
    void tellsWhatItsDamagedMemoryLost();
    void refusesAPortInUse_data() { engines(); }
    void refusesAPortInUse();

private:
    static void engines()
    {
        QTest::addColumn<server::Engine>("engine");
        QTest::newRow("native engine") << server::Engine::Native;
        QTest::newRow("qt engine") << server::Engine::Qt;
    }
};

Q_DECLARE_METATYPE(parlour::server::Engine)

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
const QByteArray OwnerToken(64, 'a');

HostConfig config(server::Engine engine)
{
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.title = u"Test"_s;
    config.ephemeral = true;
    config.ownerToken = OwnerToken;
    config.server.engine = engine;
    return config;
}

/// A WebSocket client that keeps what it heard.
class Client
{
public:
    Client(const channels::Endpoint &host, const QString &path, const QString &subprotocol = {},
           const QByteArray &bearer = {})
    {
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1/%2"_s.arg(host.port).arg(path)));
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + bearer);
        QWebSocketHandshakeOptions options;
        if (!subprotocol.isEmpty())
            options.setSubprotocols({subprotocol});
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) {
                             heard.append(QJsonDocument::fromJson(text.toUtf8()).object());
                         });
        socket.open(request, options);
    }

    bool isOpen() const { return socket.state() == QAbstractSocket::ConnectedState; }
    void send(const QJsonObject &frame)
    {
        socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }
    QList<QJsonObject> ofType(const QString &type) const
    {
        QList<QJsonObject> frames;
        for (const QJsonObject &frame : heard)
            if (frame.value("type"_L1).toString() == type)
                frames.append(frame);
        return frames;
    }
    /// The texts of what was said, in the order of arrival.
    QStringList texts() const
    {
        QStringList all;
        for (const QJsonObject &frame : heard)
            if (frame.contains("message"_L1))
                all << frame.value("message"_L1).toString();
            else if (frame.value("type"_L1).toString() == "message"_L1)
                all << frame.value("text"_L1).toString();
        return all;
    }

    QWebSocket socket;
    QList<QJsonObject> heard;
};

/// A parlour.v1 client in `general`.
std::unique_ptr<Client> member(const channels::Endpoint &host, const QString &name)
{
    auto client = std::make_unique<Client>(host, u"ws/chat/general/"_s, u"parlour.v1"_s);
    QObject::connect(&client->socket, &QWebSocket::connected, &client->socket,
                     [client = client.get(), name] {
                         client->send({{u"type"_s, u"hello"_s}, {u"name"_s, name}});
                     });
    return client;
}

} // namespace

void HostServiceTest::carriesAThousandMessagesInOrder()
{
    QFETCH(server::Engine, engine);
    HostService host(config(engine));
    const auto bound = host.start();
    QVERIFY2(bound.hasValue(), bound ? "" : qPrintable(bound.error().message));
    const channels::Endpoint address = bound->constFirst();

    const auto sender = member(address, u"Ann"_s);
    const auto first = member(address, u"Ben"_s);
    const auto second = member(address, u"Cid"_s);
    Client third(address, u"ws/chat/general/"_s);
    Client fourth(address, u"ws/chat/general/"_s);
    for (Client *client : {sender.get(), first.get(), second.get()})
        QTRY_COMPARE_WITH_TIMEOUT(client->ofType(u"history"_s).size(), 1, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(third.isOpen() && fourth.isOpen(), Patience);

    QStringList expected;
    for (int i = 0; i < 1000; ++i) {
        expected << u"сообщение %1"_s.arg(i);
        sender->send({{u"type"_s, u"say"_s},
                      {u"room"_s, u"general"_s},
                      {u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                      {u"text"_s, expected.constLast()}});
    }
    for (const Client *client : {sender.get(), first.get(), second.get(),
                                 static_cast<Client *>(&third), static_cast<Client *>(&fourth)}) {
        QTRY_COMPARE_WITH_TIMEOUT(client->texts().size(), 1000, Patience);
        QCOMPARE(client->texts(), expected);
    }
    const QList<QJsonObject> numbered = first->ofType(u"message"_s);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(numbered.at(i).value("number"_L1).toInt(), i + 1);
}

void HostServiceTest::showsTheMonitorWhatIsThere()
{
    QFETCH(server::Engine, engine);
    HostService host(config(engine));
    const auto bound = host.start();
    QVERIFY(bound.hasValue());
    Client plain(bound->constFirst(), u"ws/chat/general/"_s);
    QTRY_VERIFY_WITH_TIMEOUT(plain.isOpen(), Patience);

    Client stranger(bound->constFirst(), u"ws/monitor/"_s);
    QTRY_COMPARE_WITH_TIMEOUT(int(stranger.socket.closeCode()), 4003, Patience);

    Client owner(bound->constFirst(), u"ws/monitor/"_s, {}, OwnerToken);
    const auto groups = [&] {
        const auto snapshots = owner.ofType(u"snapshot"_s);
        return snapshots.isEmpty() ? QJsonArray()
                                   : snapshots.constLast().value("groups"_L1).toArray();
    };
    const auto members = [&](const QString &name) {
        for (const QJsonValue &group : groups())
            if (group.toObject().value("name"_L1).toString() == name)
                return group.toObject().value("members"_L1).toInt();
        return 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(members(u"chat_general"_s), 1, Patience);
    plain.socket.abort();
    QTRY_COMPARE_WITH_TIMEOUT(members(u"chat_general"_s), 0, Patience);
}

void HostServiceTest::staysUsableWhenAWatchingMonitorVanishes()
{
    QFETCH(server::Engine, engine);
    HostService host(config(engine));
    const auto bound = host.start();
    QVERIFY(bound.hasValue());
    const auto ann = member(bound->constFirst(), u"Ann"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ann->ofType(u"members"_s).size(), 1, Patience);

    Client owner(bound->constFirst(), u"ws/monitor/"_s, {}, OwnerToken);
    QTRY_VERIFY_WITH_TIMEOUT(owner.isOpen(), Patience);
    owner.send({{u"type"_s, u"watch"_s}, {u"messages"_s, true}});
    QTRY_COMPARE_WITH_TIMEOUT(ann->ofType(u"watched"_s).size(), 1, Patience);
    owner.socket.abort();
    QTRY_COMPARE_WITH_TIMEOUT(ann->ofType(u"watched"_s).size(), 2, Patience);
    QVERIFY(!ann->ofType(u"watched"_s).constLast().value("watched"_L1).toBool());

    const auto ben = member(bound->constFirst(), u"Ben"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ben->ofType(u"members"_s).size(), 1, Patience);
    ann->send({{u"type"_s, u"say"_s},
               {u"room"_s, u"general"_s},
               {u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
               {u"text"_s, u"still here"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(ben->texts(), QStringList{u"still here"_s}, Patience);
}

void HostServiceTest::tellsEverybodyThatItStops()
{
    QFETCH(server::Engine, engine);
    HostService host(config(engine));
    const auto bound = host.start();
    QVERIFY(bound.hasValue());
    const auto app = member(bound->constFirst(), u"Ann"_s);
    Client plain(bound->constFirst(), u"ws/chat/general/"_s);
    QTRY_COMPARE_WITH_TIMEOUT(app->ofType(u"members"_s).size(), 1, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(plain.isOpen(), Patience);

    bool stopped = false;
    connect(&host, &HostService::stopped, this, [&] { stopped = true; });
    host.stop(channels::close_code::GoingAway, u"The host stopped."_s);
    QTRY_VERIFY_WITH_TIMEOUT(stopped, Patience);
    for (Client *client : {app.get(), static_cast<Client *>(&plain)}) {
        QTRY_COMPARE_WITH_TIMEOUT(int(client->socket.closeCode()), 1001, Patience);
        QCOMPARE(client->socket.closeReason(), u"The host stopped."_s);
    }
}

void HostServiceTest::remembersFromOneStartToTheNext_data()
{
    QTest::addColumn<bool>("hasHistory");
    QTest::newRow("with history") << true;
    QTest::newRow("with no history") << false;
}

void HostServiceTest::remembersFromOneStartToTheNext()
{
    QFETCH(bool, hasHistory);
    const QTemporaryDir folder;
    HostConfig kept = config(server::Engine::Native);
    kept.ephemeral = false;
    kept.hasHistory = hasHistory;
    kept.dataFolder = folder.path();
    QJsonObject welcome;
    QJsonArray said;
    for (int life = 0; life < 2; ++life) {
        HostService host(kept);
        const auto bound = host.start();
        QVERIFY2(bound.hasValue(), bound ? "" : qPrintable(bound.error().message));
        const auto ann = member(bound->constFirst(), u"Ann"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ann->ofType(u"history"_s).size(), 1, Patience);
        const QJsonObject now = ann->ofType(u"welcome"_s).constFirst();
        const QJsonArray history =
            ann->ofType(u"history"_s).constFirst().value("messages"_L1).toArray();
        if (life == 0) {
            welcome = now;
            ann->send({{u"type"_s, u"say"_s},
                       {u"room"_s, u"general"_s},
                       {u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                       {u"text"_s, u"here"_s}});
            QTRY_COMPARE_WITH_TIMEOUT(ann->texts().size(), 1, Patience);
            said = {ann->ofType(u"message"_s).constFirst()};
        } else {
            QCOMPARE(now.value("host"_L1), welcome.value("host"_L1));
            QCOMPARE(history.size(), hasHistory ? 1 : 0);
            if (hasHistory)
                QCOMPARE(history.at(0)["number"_L1], said.at(0)["number"_L1]);
        }
        bool stopped = false;
        connect(&host, &HostService::stopped, this, [&] { stopped = true; });
        host.stop(channels::close_code::GoingAway, {});
        QTRY_VERIFY_WITH_TIMEOUT(stopped, Patience);
    }
}

void HostServiceTest::tellsWhatItsDamagedMemoryLost_data()
{
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("in order") << false;
    QTest::newRow("damaged") << true;
}

void HostServiceTest::tellsWhatItsDamagedMemoryLost()
{
    QFETCH(bool, isDamaged);
    const QTemporaryDir folder;
    HostConfig kept = config(server::Engine::Native);
    kept.ephemeral = false;
    kept.dataFolder = folder.path();
    if (isDamaged) {
        QFile file(folder.filePath(u"parlour.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("This is no database at all, however long one looks at it.");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged"_s));
    }
    HostService host(kept);
    std::optional<storage::Damage> told;
    QObject::connect(&host, &HostService::damaged, &host,
                     [&](const storage::Damage &damage) { told = damage; });
    QVERIFY(host.start());
    QCOMPARE(told.has_value(), isDamaged);
    QVERIFY(!told || told->putAside.startsWith(folder.filePath(u"parlour.db.corrupt-"_s)));
}

void HostServiceTest::refusesAPortInUse()
{
    QFETCH(server::Engine, engine);
    HostService first(config(engine));
    const auto bound = first.start();
    QVERIFY(bound.hasValue());
    HostConfig same = config(engine);
    same.listen = *bound;
    HostService second(same);
    const auto refused = second.start();
    QVERIFY(!refused.hasValue());
    QCOMPARE(refused.error().code, u"address_in_use"_s);
    QVERIFY2(refused.error().message.contains(QString::number(bound->constFirst().port)),
             qPrintable(refused.error().message));
}

PARLOUR_TEST(HostServiceTest)
#include "tst_host_service.moc"
