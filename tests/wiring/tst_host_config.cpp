// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/host_config.h"

#include <QTemporaryDir>
#include <QTest>

using namespace parlour;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class HostConfigTest : public QObject
{
    Q_OBJECT

    /// As a program does that is started with these.
    channels::Expected<HostConfig> started(const QStringList &arguments, const QString &redisUrl,
                                           const QString &redisInFile);
    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsEveryOption();
    void hasTheDefaultsThatHelpPromises();
    void readsEndpoints_data();
    void readsEndpoints();
    void refusesValues_data();
    void refusesValues();
    void readsWhatToKeep();
    void refusesWhatContradictsItself_data();
    void refusesWhatContradictsItself();
    void takesTheOwnersTokenFromTheEnvironment();
    void sharesNothingByItself();
    void readsHowToShare();
    void takesRedisFromTheEnvironment();
    void takesAnyPrefixThatCanBeSeen_data();
    void takesAnyPrefixThatCanBeSeen();
    void theLineBeatsTheEnvironmentWhichBeatsTheFile_data();
    void theLineBeatsTheEnvironmentWhichBeatsTheFile();
    void saysWhereAWrongAddressStands_data();
    void saysWhereAWrongAddressStands();
    void refusesToShare_data();
    void refusesToShare();
};

void HostConfigTest::readsEveryOption()
{
    const QString given =
        u"--listen=[::]:0 --title=Studio --ephemeral --plain --layer=memory "
        "--capacity=7 --expiry=5 --group-expiry=3600 --allowed-host=studio.lan "
        "--allowed-origin=https://a.example --trusted-proxy=10.0.0.1 "
        "--trusted-proxy=fd00::/8 --max-message=100 --rate=5/50 --max-connections=9 "
        "--max-per-address=0 --body-timeout=0 --answer-timeout=30 --engine=qt "
        "--echo --log-level=warning"_s;
    const auto values = parseArguments(hostOptions(), given.split(u' '));
    QVERIFY2(values.hasValue(), values ? "" : qPrintable(values.error().message));
    const auto config = makeHostConfig(*values, {});
    QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error().message));
    QCOMPARE(config->listen.size(), 1);
    QCOMPARE(config->listen.constFirst().address, u"::"_s);
    QCOMPARE(config->title, u"Studio"_s);
    QVERIFY(config->ephemeral);
    QCOMPARE(config->layer.capacity, 7);
    QVERIFY(config->layer.expiry == 5s);
    QVERIFY(config->layer.groupExpiry == 1h);
    QCOMPARE(config->allowedHosts, QStringList{u"studio.lan"_s});
    QCOMPARE(config->allowedOrigins, QStringList{u"https://a.example"_s});
    QCOMPARE(config->server.trustedProxies.size(), 2);
    QVERIFY(config->server.trustedProxies.constFirst().contains(u"10.0.0.1"_s));
    QVERIFY(config->server.trustedProxies.constLast().contains(u"fd00::1"_s));
    QCOMPARE(config->server.maxMessageBytes, 100);
    QCOMPARE(config->server.messagesPerSecond, 5.0);
    QCOMPARE(config->server.messageBurst, 50);
    QCOMPARE(config->server.maxConnections, 9);
    QCOMPARE(config->server.maxPerAddress, 0);
    QVERIFY(config->server.bodyTimeout == 0s);
    QVERIFY(config->server.answerTimeout == 30s);
    QVERIFY(config->server.engine == server::Engine::Qt);
    QVERIFY(config->echo);
    QVERIFY(config->logLevel == LogLevel::Warning);
}

void HostConfigTest::hasTheDefaultsThatHelpPromises()
{
    const auto config = makeHostConfig({}, {});
    QVERIFY(config.hasValue());
    QCOMPARE(httpUrl(config->listen.constFirst()), u"http://127.0.0.1:8765/"_s);
    QVERIFY(!config->title.isEmpty());
    QVERIFY(config->dataFolder.endsWith(u"/parlour"_s));
    QCOMPARE(config->layer.capacity, 100);
    QVERIFY(config->layer.expiry == 60s);
    QVERIFY(config->layer.groupExpiry == 86400s);
    QCOMPARE(config->server.maxMessageBytes, 65536);
    QCOMPARE(config->server.messagesPerSecond, 100.0);
    QCOMPARE(config->server.messageBurst, 1000);
    QCOMPARE(config->server.maxConnections, 20000);
    QCOMPARE(config->server.maxPerAddress, 1024);
    QVERIFY(config->server.bodyTimeout == 60s);
    QVERIFY(config->server.answerTimeout == 0s);
    QVERIFY(config->server.trustedProxies.isEmpty());
    QVERIFY(config->server.engine == server::Engine::Native);
    QVERIFY(config->hasHistory);
    QCOMPARE(config->retention.messagesPerRoom, 10000);
    QVERIFY(config->retention.age == 24h * 90);
}

void HostConfigTest::readsEndpoints_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("127.0.0.1:8765") << u"http://127.0.0.1:8765/"_s;
    QTest::newRow("[::]:0") << u"http://[::]:0/"_s;
    QTest::newRow("[::1]:80") << u"http://[::1]:80/"_s;
    QTest::newRow("localhost:1") << u"http://127.0.0.1:1/"_s;
    QTest::newRow("127.0.0.1") << QString();
    QTest::newRow(":8765") << QString();
    QTest::newRow("::1:8765") << QString();
    QTest::newRow("127.0.0.1:65536") << QString();
    QTest::newRow("127.0.0.1:-1") << QString();
    QTest::newRow("studio.lan:80") << QString();
    QTest::newRow("[127.0.0.1:80") << QString();
}

void HostConfigTest::readsEndpoints()
{
    QFETCH(QString, url);
    const auto endpoint = parseEndpoint(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(endpoint ? httpUrl(*endpoint) : QString(), url);
}

void HostConfigTest::refusesValues_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("--max-message=0") << u"--max-message"_s;
    QTest::newRow("--max-message=1048577") << u"--max-message"_s;
    QTest::newRow("--max-message=many") << u"--max-message"_s;
    QTest::newRow("--capacity=0") << u"--capacity"_s;
    QTest::newRow("--expiry=0") << u"--expiry"_s;
    QTest::newRow("--expiry=soon") << u"--expiry"_s;
    QTest::newRow("--body-timeout=-1") << u"--body-timeout"_s;
    QTest::newRow("--answer-timeout=1m") << u"--answer-timeout"_s;
    QTest::newRow("--group-expiry=0.5") << u"--group-expiry"_s;
    QTest::newRow("--group-expiry=31536001") << u"--group-expiry"_s;
    QTest::newRow("--rate=100") << u"--rate"_s;
    QTest::newRow("--rate=fast/1") << u"--rate"_s;
    QTest::newRow("--max-connections=-1") << u"--max-connections"_s;
    QTest::newRow("--trusted-proxy=proxy.example") << u"--trusted-proxy"_s;
    QTest::newRow("--trusted-proxy=10.0.0.0/33") << u"--trusted-proxy"_s;
    QTest::newRow("--engine=steam") << u"--engine"_s;
    QTest::newRow("--layer=paper") << u"--layer"_s;
    QTest::newRow("--redis=http://127.0.0.1") << u"--redis"_s;
    QTest::newRow("--redis-prefix=asgi") << u"--redis-prefix"_s;
    QTest::newRow("--redis-key=secret") << u"--redis-key"_s;
    QTest::newRow("--worker=parlour.say") << u"--worker"_s;
    QTest::newRow("--history-count=-1") << u"--history-count"_s;
    QTest::newRow("--history-days=36501") << u"--history-days"_s;
    QTest::newRow("--log-level=loud") << u"--log-level"_s;
    QTest::newRow("--title=") << u"--title"_s;
    QTest::newRow("--data=") << u"--data"_s;
    QTest::newRow("--listen=nowhere") << u"--listen"_s;
}

void HostConfigTest::refusesValues()
{
    QFETCH(QString, name);
    const auto values =
        parseArguments(hostOptions(), {QString::fromLatin1(QTest::currentDataTag())});
    QVERIFY(values.hasValue());
    const auto config = makeHostConfig(*values, {});
    QVERIFY(!config.hasValue());
    QVERIFY2(config.error().message.startsWith(name + u':'), qPrintable(config.error().message));
}

void HostConfigTest::readsWhatToKeep()
{
    const auto read = [](const QStringList &arguments) {
        return makeHostConfig(parseArguments(hostOptions(), arguments).valueOr({}), {});
    };
    const auto some = read({u"--history-count=5"_s, u"--history-days=7"_s});
    QCOMPARE(some->retention.messagesPerRoom, 5);
    QVERIFY(some->retention.age == 24h * 7);
    const auto all = read({u"--history-count=0"_s, u"--history-days=0"_s});
    QCOMPARE(all->retention.messagesPerRoom, 0);
    QVERIFY(all->retention.age == 0s);
    QVERIFY(!read({u"--no-history"_s})->hasHistory);
}

void HostConfigTest::refusesWhatContradictsItself_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("a count of no history")
        << QStringList{u"--history-count=5"_s, u"--no-history"_s};
    QTest::newRow("days of no history") << QStringList{u"--history-days=5"_s, u"--no-history"_s};
    QTest::newRow("a count of what is kept nowhere")
        << QStringList{u"--history-count=5"_s, u"--ephemeral"_s};
}

void HostConfigTest::refusesWhatContradictsItself()
{
    QFETCH(QStringList, arguments);
    const auto values = parseArguments(hostOptions(), arguments);
    QVERIFY(values.hasValue());
    const auto config = makeHostConfig(*values, {});
    QVERIFY(!config.hasValue());
    const QString option = arguments.constFirst().section(u'=', 0, 0);
    const QString other = arguments.constLast();
    QCOMPARE(config.error().message, u"%1: has no meaning with %2."_s.arg(option, other));
}

void HostConfigTest::takesTheOwnersTokenFromTheEnvironment()
{
    const OptionValues ephemeral{{u"ephemeral"_s, {QString()}}};
    const QByteArray token(64, 'A');
    QCOMPARE(makeHostConfig(ephemeral, {token, {}})->ownerToken, token.toLower());
    QVERIFY(makeHostConfig(ephemeral, {})->ownerToken.isEmpty());
    QVERIFY(makeHostConfig({}, {token, {}})->ownerToken.isEmpty());
    QVERIFY(!makeHostConfig(ephemeral, {"secret", {}}).hasValue());
}

void HostConfigTest::sharesNothingByItself()
{
    QVERIFY(!makeHostConfig({}, {})->shared);
    QVERIFY(!makeHostConfig({{u"layer"_s, {u"memory"_s}}}, {})->shared);
}

void HostConfigTest::readsHowToShare()
{
    const auto values = parseArguments(
        hostOptions(),
        {u"--redis=redis://ann:pa%20ss@redis.lan:6380/2"_s, u"--redis=unix:///run/redis.sock"_s,
         u"--layer=redis-core"_s, u"--redis-prefix=site"_s, u"--redis-key=new"_s,
         u"--redis-key=old"_s, u"--worker=parlour.say"_s, u"--worker=jobs"_s});
    QVERIFY(values.hasValue());
    const auto config = makeHostConfig(*values, {});
    QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error().message));
    QVERIFY(config->shared);
    const Sharing &sharing = *config->shared;
    QVERIFY(sharing.backend == Sharing::Backend::RedisCore);
    QCOMPARE(sharing.redis.hosts.size(), 2);
    QCOMPARE(sharing.redis.hosts[0].password, u"pa ss"_s);
    QCOMPARE(sharing.redis.hosts[0].database, 2);
    QCOMPARE(sharing.redis.hosts[1].path, u"/run/redis.sock"_s);
    QCOMPARE(sharing.redis.prefix, u"site"_s);
    QCOMPARE(sharing.redis.encryptionKeys, (QStringList{u"new"_s, u"old"_s}));
    QCOMPARE(sharing.workers, (QStringList{u"parlour.say"_s, u"jobs"_s}));

    const auto brief = makeHostConfig({{u"redis"_s, {u"redis://redis.lan"_s}}}, {});
    QVERIFY(brief->shared->backend == Sharing::Backend::RedisPubSub);
    QCOMPARE(brief->shared->redis.prefix, u"asgi"_s);
}

void HostConfigTest::takesRedisFromTheEnvironment()
{
    const Environment environment{{}, u"redis://:secret@redis.lan"_s};
    QCOMPARE(makeHostConfig({}, environment)->shared->redis.hosts[0].password, u"secret"_s);
    const OptionValues named{{u"redis"_s, {u"redis://other.lan"_s}}};
    QCOMPARE(makeHostConfig(named, environment)->shared->redis.hosts[0].host, u"other.lan"_s);
    const OptionValues alone{{u"layer"_s, {u"memory"_s}}};
    QVERIFY(!makeHostConfig(alone, environment)->shared);
    const auto wrong = makeHostConfig({}, {{}, u"redis://:secret@redis.lan:x"_s});
    QVERIFY(!wrong.hasValue());
    QVERIFY(wrong.error().message.startsWith(u"PARLOUR_REDIS_URL: "_s));
    QVERIFY(!wrong.error().message.contains(u"secret"_s));
}

void HostConfigTest::takesAnyPrefixThatCanBeSeen_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("with a colon") << u"my:site"_s << true;
    QTest::newRow("with a space within") << u"my site"_s << true;
    QTest::newRow("in Cyrillic") << u"сайт"_s << true;
    QTest::newRow("with a sign beyond 16 bits") << u"site 🎈"_s << true;
    QTest::newRow("200 bytes") << u"я"_s.repeated(100) << true;
    QTest::newRow("201 bytes") << u"я"_s.repeated(100) + u'a' << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("with a space before it") << u" site"_s << false;
    QTest::newRow("with a space behind it") << u"site "_s << false;
    QTest::newRow("with a line feed") << u"my\nsite"_s << false;
    QTest::newRow("with a half of a sign") << u"site"_s + QChar(0xd83d) << false;
}

void HostConfigTest::takesAnyPrefixThatCanBeSeen()
{
    QFETCH(const QString, prefix);
    QFETCH(const bool, isTaken);
    const auto config =
        makeHostConfig({{u"layer"_s, {u"redis-core"_s}}, {u"redis-prefix"_s, {prefix}}}, {});
    QCOMPARE(config.hasValue(), isTaken);
    if (isTaken)
        QCOMPARE(config->shared->redis.prefix, prefix);
    else
        QVERIFY(config.error().message.startsWith(u"--redis-prefix: "_s));
}

channels::Expected<HostConfig> HostConfigTest::started(const QStringList &arguments,
                                                       const QString &redisUrl,
                                                       const QString &redisInFile)
{
    QFile file(m_folder.filePath(u"parlour.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return usageError(file.errorString());
    file.write(redisInFile.isEmpty() ? QByteArray("echo = true\n")
                                     : "redis = " + redisInFile.toUtf8() + '\n');
    file.close();
    const Environment environment{{}, redisUrl};
    const auto line =
        parseArguments(hostOptions(), arguments + QStringList{u"--config="_s + file.fileName()});
    const auto values = withConfigFile(hostOptions(), *line, environment);
    if (!values)
        return values.error();
    return makeHostConfig(*values, environment);
}

void HostConfigTest::theLineBeatsTheEnvironmentWhichBeatsTheFile_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("host");
    const QStringList line{u"--redis=redis://line"_s};
    QTest::newRow("all three") << line << u"redis://variable"_s << u"redis://file"_s << u"line"_s;
    QTest::newRow("no line") << QStringList() << u"redis://variable"_s << u"redis://file"_s
                             << u"variable"_s;
    QTest::newRow("the file alone") << QStringList() << QString() << u"redis://file"_s << u"file"_s;
    QTest::newRow("the line over the file") << line << QString() << u"redis://file"_s << u"line"_s;
    QTest::newRow("a wrong file that does not count")
        << line << QString() << u"http://file"_s << u"line"_s;
}

void HostConfigTest::theLineBeatsTheEnvironmentWhichBeatsTheFile()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, environment);
    QFETCH(const QString, file);
    QFETCH(const QString, host);
    const auto config = started(arguments, environment, file);
    QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error().message));
    QCOMPARE(config->shared->redis.hosts.size(), 1);
    QCOMPARE(config->shared->redis.hosts[0].host, host);
}

void HostConfigTest::saysWhereAWrongAddressStands_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("place");
    const QString wrong = u"redis://:secret@redis.lan:x"_s;
    QTest::newRow("on the line") << QStringList{u"--redis="_s + wrong} << QString() << QString()
                                 << u"--redis: "_s;
    QTest::newRow("in the environment")
        << QStringList() << wrong << QString() << u"PARLOUR_REDIS_URL: "_s;
    QTest::newRow("in the file") << QStringList() << QString() << wrong
                                 << m_folder.filePath(u"parlour.conf"_s) + u": redis: "_s;
}

void HostConfigTest::saysWhereAWrongAddressStands()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, environment);
    QFETCH(const QString, file);
    QFETCH(const QString, place);
    const auto config = started(arguments, environment, file);
    QVERIFY(!config.hasValue());
    QVERIFY2(config.error().message.startsWith(place), qPrintable(config.error().message));
    QVERIFY(!config.error().message.contains(u"secret"_s));
}

void HostConfigTest::refusesToShare_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("--redis: has no meaning with --layer memory")
        << QStringList{u"--layer=memory"_s, u"--redis=redis://redis.lan"_s};
    QTest::newRow("--redis-key: needs --redis URL") << QStringList{u"--redis-key=k"_s};
    QTest::newRow("--redis-prefix: must be 1 to 200")
        << QStringList{u"--redis=redis://redis.lan"_s, u"--redis-prefix=a b "_s};
    QTest::newRow("--worker: \"a!b\" is no shared channel name")
        << QStringList{u"--redis=redis://redis.lan"_s, u"--worker=a!b"_s};
}

void HostConfigTest::refusesToShare()
{
    QFETCH(QStringList, arguments);
    const auto values = parseArguments(hostOptions(), arguments);
    QVERIFY(values.hasValue());
    const auto config = makeHostConfig(*values, {});
    QVERIFY(!config.hasValue());
    const QString begin = QString::fromLatin1(QTest::currentDataTag());
    QVERIFY2(config.error().message.startsWith(begin), qPrintable(config.error().message));
}

PARLOUR_TEST(HostConfigTest)
#include "tst_host_config.moc"
