// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/host_service.h"
#include "wiring/parlourd_process.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace parlour;
using namespace parlour::tests;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;

/// Rooms out of a data folder and into one: by the program's options, and while a host runs.
class RoomFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"data"_s));
    }

    void anImportIsExportedAgain();
    void isExportedWhileAHostRuns();
    void theNameSaysTheFormat_data();
    void theNameSaysTheFormat();
    void whatIsNotWrittenIsNotThere();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void saysWhatWillNotStay();
    void aRunningHostTakesARoomIn();
    void whoIsInAnEmptyRoomHearsOfItsLog();
    void aRunningHostSaysWhatIsWrong_data();
    void aRunningHostSaysWhatIsWrong();

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QString write(const QString &name, const QByteArray &bytes) const;
    QStringList inData(const QStringList &arguments) const
    {
        return QStringList{u"--data"_s, file(u"data"_s)} + arguments;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

/// Of the room "attic": ten messages of today, with numbers from 4 on.
QByteArray attic()
{
    static const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QByteArray json =
        R"({"format":"parlour.export","version":1,"room":"attic","topic":"Old things",)"
        R"("host":{"id":"0123","title":"A","version":"1"},"epoch":"e-7","first":4,)"
        R"("number":13,"exported":1,"entries":[)";
    for (int i = 4; i <= 13; ++i) {
        json += i > 4 ? ",\n" : "\n";
        json += R"({"number":)" + QByteArray::number(i) + R"(,"kind":"message","id":"m-)"
            + QByteArray::number(i) + R"(","sender":{"id":"p-1","name":"Ann"},"time":)"
            + QByteArray::number(now + i) + R"(,"text":"Текст )" + QByteArray::number(i) + "\"}";
    }
    return json + "\n]}\n";
}

QByteArray entriesOf(const QByteArray &json)
{
    return json.mid(json.indexOf('['));
}

HostConfig config(const QString &folder)
{
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.title = u"Test"_s;
    config.dataFolder = folder;
    config.ephemeral = folder.isEmpty();
    return config;
}

/// Ann in "general", and the frames that she hears.
struct Member {
    explicit Member(const channels::Endpoint &host)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) {
                             heard.append(QJsonDocument::fromJson(text.toUtf8()).object());
                         });
        QObject::connect(&socket, &QWebSocket::connected, &socket,
                         [this] { socket.sendTextMessage(uR"({"type":"hello","name":"Ann"})"_s); });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({u"parlour.v1"_s});
        const QString url = u"ws://127.0.0.1:%1/ws/chat/general/"_s.arg(host.port);
        socket.open(QNetworkRequest(QUrl(url)), options);
    }
    QJsonObject last(const QString &type, const QString &room = {}) const
    {
        QJsonObject found;
        for (const QJsonObject &frame : heard) {
            if (frame.value("type"_L1).toString() == type
                && (room.isEmpty() || frame.value("room"_L1).toString() == room))
                found = frame;
        }
        return found;
    }

    QWebSocket socket;
    QList<QJsonObject> heard;
};

} // namespace

void RoomFilesTest::initTestCase()
{
    qRegisterMetaType<ImportedRoom>();
    qRegisterMetaType<channels::Error>();
}

QString RoomFilesTest::write(const QString &name, const QByteArray &bytes) const
{
    QFile out(file(name));
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() ? out.fileName()
                                                                              : QString();
}

void RoomFilesTest::anImportIsExportedAgain()
{
    const QByteArray json = attic();
    const Ended import = runParlourd(inData({u"--import"_s, write(u"attic.json"_s, json)}));
    QCOMPARE(import.code, 0);
    QCOMPARE(import.out, QByteArray("imported 10 messages as the room \"attic\"\n"));
    QVERIFY2(import.err.isEmpty(), import.err.constData());
    const Ended out =
        runParlourd(inData({u"--export"_s, u"attic"_s, u"--title"_s, u"Ann’s place"_s}));
    QCOMPARE(out.code, 0);
    QCOMPARE(entriesOf(out.out), entriesOf(json));
    const QJsonObject head = QJsonDocument::fromJson(out.out).object();
    QCOMPARE(head.value("epoch"_L1).toString(), u"e-7"_s);
    QCOMPARE(head.value("topic"_L1).toString(), u"Old things"_s);
    QCOMPARE(head.value("host"_L1).toObject().value("title"_L1).toString(), u"Ann’s place"_s);
    QFile token(file(u"data/owner.token"_s));
    QVERIFY(!token.exists()); // no host has run
}

void RoomFilesTest::isExportedWhileAHostRuns()
{
    const QString json = write(u"attic.json"_s, attic());
    QCOMPARE(runParlourd(inData({u"--import"_s, json})).code, 0);
    const Daemon daemon({u"--data"_s, file(u"data"_s)});
    QVERIFY(daemon.port != 0);
    const Ended out = runParlourd(inData({u"--export"_s, u"attic"_s}));
    QCOMPARE(out.code, 0);
    QCOMPARE(entriesOf(out.out), entriesOf(attic()).left(entriesOf(out.out).size()));
    const Ended import = runParlourd(inData({u"--import"_s, json, u"--as"_s, u"other"_s}));
    QCOMPARE(import.code, 4);
    QVERIFY2(import.err.contains("in use by another process"), import.err.constData());
}

void RoomFilesTest::theNameSaysTheFormat_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("begins");

    QTest::newRow("json") << QStringList{} << QByteArray("{\"format\":");
    QTest::newRow("html by its name")
        << QStringList{u"--output"_s, u"a.HTML"_s} << QByteArray("<!DOCTYPE html>");
    QTest::newRow("text by its name")
        << QStringList{u"--output"_s, u"a.txt"_s} << QByteArray("attic\nExported from");
    QTest::newRow("html by the option")
        << QStringList{u"--output"_s, u"a.txt"_s, u"--format"_s, u"html"_s}
        << QByteArray("<!DOCTYPE html>");
    QTest::newRow("text by the option") << QStringList{u"--format=text"_s} << QByteArray("attic\n");
}

void RoomFilesTest::theNameSaysTheFormat()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, begins);
    QCOMPARE(runParlourd(inData({u"--import"_s, write(u"attic.json"_s, attic())})).code, 0);
    const qsizetype at = arguments.indexOf(u"--output"_s) + 1;
    if (at > 0)
        arguments[at] = file(arguments.at(at));
    const Ended ended = runParlourd(inData(QStringList{u"--export"_s, u"attic"_s} + arguments));
    QVERIFY2(ended.code == 0, ended.err.constData());
    QByteArray written = ended.out;
    if (at > 0) {
        QVERIFY(written.isEmpty());
        QFile out(arguments.at(at));
        QVERIFY(out.open(QIODevice::ReadOnly));
        written = out.readAll();
    }
    QVERIFY2(written.startsWith(begins), written.left(100).constData());
    QVERIFY(written.contains("Текст 13"));
}

void RoomFilesTest::whatIsNotWrittenIsNotThere()
{
    const QString before = write(u"out.json"_s, "what was there before");
    const Ended ended = runParlourd(inData({u"--export"_s, u"attic"_s, u"--output"_s, before}));
    QCOMPARE(ended.code, 4);
    QFile out(before);
    QVERIFY(out.open(QIODevice::ReadOnly));
    QCOMPARE(out.readAll(), QByteArray("what was there before"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
}

void RoomFilesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");

    const auto row = [](const char *name, const QStringList &arguments, int code,
                        const char *says) {
        QTest::newRow(name) << arguments << code << QByteArray(says);
    };
    const QString json = u"attic.json"_s;
    row("no room", {u"--export"_s}, 2, "--export: needs a value");
    row("a room that may not be", {u"--export=a/b"_s}, 2, "--export: ");
    row("a format that is none", {u"--export=attic"_s, u"--format=xml"_s}, 2,
        "--format: say json, html or text");
    row("a format without an export", {u"--format=html"_s}, 2, "--format: goes with --export");
    row("an output without an export", {u"--output=a"_s}, 2, "--output: goes with --export");
    row("a name without an import", {u"--as=a"_s}, 2, "--as: goes with --import");
    row("both at once", {u"--export=attic"_s, u"--import"_s, json}, 2, "--import: not together");
    row("nothing on disk", {u"--export=attic"_s, u"--ephemeral"_s}, 2,
        "--ephemeral: keeps nothing");
    row("no history", {u"--import"_s, json, u"--no-history"_s}, 2, "--import: what is said");
    row("a room that is not there", {u"--export=other"_s}, 5, "in a room \"other\"");
    row("an output that cannot be", {u"--export=attic"_s, u"--output=/nowhere/a.json"_s}, 5,
        "/nowhere/a.json: cannot be written");
    row("a file that is not there", {u"--import=/nowhere/a.json"_s}, 5,
        "/nowhere/a.json: cannot be read");
    row("a file that is no export", {u"--import"_s, u"other.json"_s}, 5,
        "other.json: line 1: the file is no export");
    row("a file that is cut off", {u"--import"_s, u"cut.json"_s, u"--as=new"_s}, 5,
        "cut.json: line 11, entry 10");
    row("a room that is there", {u"--import"_s, json}, 5, "in a room \"attic\" already");
    row("a name that may not be", {u"--import"_s, json, u"--as=.."_s}, 2, "--as: ");
}

void RoomFilesTest::saysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QCOMPARE(runParlourd(inData({u"--import"_s, write(u"attic.json"_s, attic())})).code, 0);
    QVERIFY(!write(u"other.json"_s, "[1, 2, 3]").isEmpty());
    QVERIFY(!write(u"cut.json"_s, attic().chopped(20)).isEmpty());
    for (QString &argument : arguments) {
        if (argument.endsWith(".json"_L1) && !argument.contains(u'/'))
            argument = file(argument);
    }
    const Ended ended = runParlourd(inData(arguments));
    QVERIFY2(ended.err.contains(says), ended.err.constData());
    QCOMPARE(ended.code, code);
    QCOMPARE(ended.err.count('\n'), 1);
    QVERIFY(ended.out.isEmpty());
    QCOMPARE(runParlourd(inData({u"--export=new"_s})).code, 5); // nothing of what was cut off
}

void RoomFilesTest::saysWhatWillNotStay()
{
    const Ended ended = runParlourd(
        inData({u"--import"_s, write(u"attic.json"_s, attic()), u"--history-count"_s, u"5"_s}));
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.err.contains("--history-count"), ended.err.constData());
}

void RoomFilesTest::aRunningHostTakesARoomIn()
{
    HostService host(config(file(u"data"_s)));
    const auto bound = host.start();
    QVERIFY(bound);
    const Member ann(bound->constFirst());
    QTRY_VERIFY_WITH_TIMEOUT(!ann.last(u"history"_s).isEmpty(), Patience);
    QSignalSpy imported(&host, &HostService::imported);
    host.importRoom({write(u"attic.json"_s, attic()), {}});
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, Patience);
    const auto room = imported.at(0).at(0).value<ImportedRoom>();
    QCOMPARE(room.room, u"attic"_s);
    QCOMPARE(room.messages, 10);
    QVERIFY(room.staysWhole);
    QTRY_VERIFY_WITH_TIMEOUT(!ann.last(u"room"_s, u"attic"_s).isEmpty(), Patience);
    const QJsonObject told = ann.last(u"room"_s, u"attic"_s);
    QCOMPARE(told.value("number"_L1).toInt(), 13);
    QCOMPARE(told.value("epoch"_L1).toString(), u"e-7"_s);
    QCOMPARE(told.value("topic"_L1).toString(), u"Old things"_s);
    const Ended out = runParlourd(inData({u"--export"_s, u"attic"_s})); // it is in the file
    QCOMPARE(out.code, 0);
    QCOMPARE(entriesOf(out.out).count('\n'), entriesOf(attic()).count('\n'));
}

void RoomFilesTest::whoIsInAnEmptyRoomHearsOfItsLog()
{
    HostService host(config(file(u"data"_s)));
    const auto bound = host.start();
    QVERIFY(bound);
    Member ann(bound->constFirst());
    QTRY_VERIFY_WITH_TIMEOUT(!ann.last(u"history"_s).isEmpty(), Patience);
    QSignalSpy imported(&host, &HostService::imported);
    host.importRoom({write(u"attic.json"_s, attic()), u"general"_s});
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, Patience);
    QTRY_COMPARE_WITH_TIMEOUT(ann.last(u"room"_s, u"general"_s).value("epoch"_L1).toString(),
                              u"e-7"_s, Patience);
    ann.socket.sendTextMessage(
        uR"({"type":"say","room":"general","id":"0c65054b-cbb0-4802-9969-462c4c421eee","text":"on"})"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ann.last(u"message"_s).value("number"_L1).toInt(), 14, Patience);
}

void RoomFilesTest::aRunningHostSaysWhatIsWrong_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("as");
    QTest::addColumn<QString>("code");

    QTest::newRow("a room with messages") << u"attic.json"_s << u""_s << u"room_exists"_s;
    QTest::newRow("a name that may not be") << u"attic.json"_s << u"a/b"_s << u"bad_room"_s;
    QTest::newRow("a file that is not there") << u"none.json"_s << u"new"_s << u"no_file"_s;
    QTest::newRow("a file that is none") << u"other.json"_s << u"new"_s << u"bad_export"_s;
    QTest::newRow("a host without a disk") << u""_s << u"new"_s << u"not_kept"_s;
}

void RoomFilesTest::aRunningHostSaysWhatIsWrong()
{
    QFETCH(QString, path);
    QFETCH(QString, as);
    QFETCH(QString, code);
    QCOMPARE(runParlourd(inData({u"--import"_s, write(u"attic.json"_s, attic())})).code, 0);
    QVERIFY(!write(u"other.json"_s, "{}").isEmpty());
    HostService host(config(path.isEmpty() ? QString() : file(u"data"_s)));
    QVERIFY(host.start());
    QSignalSpy failed(&host, &HostService::importFailed);
    host.importRoom({file(path), as});
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
    QCOMPARE(failed.at(0).at(0).value<channels::Error>().code, code);
}

PARLOUR_TEST(RoomFilesTest)
#include "tst_room_files.moc"
