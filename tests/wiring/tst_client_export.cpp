// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/room_export.h"
#include "support/runner.h"
#include "wiring/file_export.h"
#include "wiring/host_service.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;
using client::HostClient;

/// A room of a real host, by a client and by the host's file, and into the next host.
class ClientExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClientsExportMakesTheSameRoom();
    void theOwnHostsFileHasAllOfIt();

private:
    /// Edits, deletions, replies and reactions among 322 messages; a host in memory keeps the last
    /// 200 of them.
    void talk(HostClient &ann);
    QString exported(const client::HostAddress &host, const QString &name);
    QByteArray entriesIn(const QString &path) const;

    QTemporaryDir m_folder;
};

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

HostConfig config(const QString &folder)
{
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.title = u"Test"_s;
    config.dataFolder = folder;
    config.ephemeral = folder.isEmpty();
    return config;
}

client::HostAddress addressOf(const QList<channels::Endpoint> &bound)
{
    client::HostAddress address;
    address.host = bound.constFirst().address;
    address.port = bound.constFirst().port;
    return address;
}

client::ClientOptions person(const QString &name)
{
    client::ClientOptions options;
    options.name = name;
    return options;
}

} // namespace

void ClientExportTest::talk(HostClient &ann)
{
    QHash<QString, chat::Delivery> deliveries;
    connect(&ann, &HostClient::deliveryChanged, this,
            [&](const QString &, const QString &id, chat::Delivery delivery, const QString &) {
                deliveries[id] = delivery;
            });
    int changes = 0;
    connect(&ann, &HostClient::changed, this, [&] { ++changes; });
    QStringList ids;
    ann.join(u"general"_s);
    for (int i = 0; i < 320; ++i)
        ids << ann.say(u"general"_s, u"Привет %1\n<b>"_s.arg(i),
                       i % 9 == 8 ? ids.at(i / 2) : QString());
    QTRY_VERIFY_WITH_TIMEOUT(deliveries.value(ids.last()) == chat::Delivery::Sent, Patience);
    for (int i = 0; i < 40; ++i)
        ann.edit(u"general"_s, ids.at(130 + 3 * i), u"edited %1"_s.arg(i));
    for (int i = 0; i < 10; ++i)
        ann.remove(u"general"_s, ids.at(130 + 7 * i));
    ann.react(u"general"_s, ids.at(300), u"👍"_s, true);
    ann.react(u"general"_s, ids.at(301), u"👍"_s, true);
    ann.react(u"general"_s, ids.at(301), u"👍"_s, false);
    QTRY_COMPARE_WITH_TIMEOUT(changes, 53, Patience);
    (void)ann.say(u"general"_s, u"The last"_s);
    const QString last = ann.say(u"general"_s, u"The very last"_s);
    QTRY_VERIFY_WITH_TIMEOUT(deliveries.value(last) == chat::Delivery::Sent, Patience);
}

QString ClientExportTest::exported(const client::HostAddress &host, const QString &name)
{
    const QString path = m_folder.filePath(name);
    client::RoomExport job({path, u"general"_s, {}, {u"h"_s, u"Test"_s, u"1"_s}});
    const QSignalSpy finished(&job, &client::RoomExport::finished);
    const QSignalSpy failed(&job, &client::RoomExport::failed);
    job.readHost(host, person(u"Bob"_s));
    (void)QTest::qWaitFor([&] { return !finished.isEmpty() || !failed.isEmpty(); }, Patience);
    return finished.isEmpty() ? QString() : path;
}

QByteArray ClientExportTest::entriesIn(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray json = file.readAll();
    return json.mid(json.indexOf('['));
}

void ClientExportTest::aClientsExportMakesTheSameRoom()
{
    HostService host(config({}));
    const auto bound = host.start();
    QVERIFY(bound);
    HostClient ann(addressOf(*bound), person(u"Ann"_s));
    ann.open();
    talk(ann);
    const QString first = exported(addressOf(*bound), u"first.json"_s);
    QVERIFY(!first.isEmpty());

    const QTemporaryDir data;
    HostService next(config(data.path()));
    const auto nextBound = next.start();
    QVERIFY(nextBound);
    const QSignalSpy imported(&next, &HostService::imported);
    const QSignalSpy failed(&next, &HostService::importFailed);
    next.importRoom({first, {}});
    QTRY_COMPARE_WITH_TIMEOUT(imported.size() + failed.size(), 1, Patience);
    QVERIFY2(failed.isEmpty(),
             qPrintable(failed.value(0).value(0).value<channels::Error>().message));
    const QString second = exported(addressOf(*nextBound), u"second.json"_s);
    QVERIFY(!second.isEmpty());
    const QByteArray entries = entriesIn(first);
    QVERIFY(entries.count("\"kind\":\"message\"") >= 190);
    QVERIFY(entries.count("\"kind\":\"unknown\"") >= 53);
    QCOMPARE(entriesIn(second), entries);
}

void ClientExportTest::theOwnHostsFileHasAllOfIt()
{
    const QTemporaryDir data;
    HostService host(config(data.path()));
    const auto bound = host.start();
    QVERIFY(bound);
    HostClient ann(addressOf(*bound), person(u"Ann"_s));
    ann.open();
    talk(ann);
    const QString path = m_folder.filePath(u"own.json"_s);
    FileExport job({data.path(), u"general"_s, u"Test"_s}, path);
    const QSignalSpy finished(&job, &FileExport::finished);
    const QSignalSpy progressed(&job, &FileExport::progressed);
    job.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
    QVERIFY(!progressed.isEmpty());
    const QByteArray entries = entriesIn(path);
    QCOMPARE(entries.count("\"kind\":\"message\""), 322);
    QCOMPARE(entries.count("\"kind\":\"edit\""), 40);
    QCOMPARE(entries.count("\"kind\":\"delete\""), 10);
    QCOMPARE(entries.count("\"kind\":\"react\""), 3);

    const QTemporaryDir copy;
    const auto made = importRoom({path, u"copy"_s}, config(copy.path()));
    QVERIFY(made);
    QCOMPARE(made->messages, 322);
    FileExport again({copy.path(), u"copy"_s, u"Test"_s}, m_folder.filePath(u"copy.json"_s));
    const QSignalSpy copied(&again, &FileExport::finished);
    again.start();
    QTRY_COMPARE_WITH_TIMEOUT(copied.size(), 1, Patience);
    QCOMPARE(entriesIn(m_folder.filePath(u"copy.json"_s)), entries);
}

PARLOUR_TEST(ClientExportTest)
#include "tst_client_export.moc"
