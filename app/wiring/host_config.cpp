// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_config.h"

#include "wiring/option_reader.h"

#include <QDir>
#include <QHostAddress>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSysInfo>

#include <chrono>
#include <limits>

namespace parlour::wiring {

using channels::Endpoint;
using channels::Expected;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MaxMessageCeiling = qint64(1024) * 1024;
constexpr int MaxTitle = 100; ///< code points that a window and a page can show

void readListen(OptionReader &reader, HostConfig &config)
{
    if (!reader.has(u"listen"_s))
        return;
    config.listen.clear();
    for (const QString &text : reader.all(u"listen"_s))
        if (const auto endpoint = reader.take(parseEndpoint(text)))
            config.listen.append(*endpoint);
}

void readTitle(OptionReader &reader, HostConfig &config)
{
    config.title =
        reader.has(u"title"_s) ? reader.text(u"title"_s).trimmed() : QSysInfo::machineHostName();
    if (reader.has(u"title"_s) && config.title.isEmpty())
        reader.fail(u"--title: must not be empty."_s);
    if (config.title.isEmpty())
        config.title = u"Parlour"_s;
    if (config.title.toUcs4().size() > MaxTitle)
        reader.fail(u"--title: longer than %1 characters."_s.arg(MaxTitle));
}

void readData(OptionReader &reader, HostConfig &config, const QByteArray &ownerToken)
{
    config.ephemeral = reader.has(u"ephemeral"_s);
    if (config.ephemeral && reader.has(u"data"_s))
        reader.fail(u"--ephemeral: keeps nothing on disk, so --data has no meaning with it."_s);
    if (reader.has(u"data"_s) && reader.text(u"data"_s).isEmpty())
        reader.fail(u"--data: must name a folder."_s);
    const QString standard =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/parlour"_s;
    config.dataFolder =
        QDir(reader.has(u"data"_s) ? reader.text(u"data"_s) : standard).absolutePath();

    if (!config.ephemeral || ownerToken.isEmpty())
        return;
    static const QRegularExpression token(uR"(\A[0-9a-fA-F]{64}\z)"_s);
    if (!token.match(QString::fromLatin1(ownerToken)).hasMatch())
        reader.fail(u"PARLOUR_OWNER_TOKEN: must be 64 hexadecimal digits."_s);
    config.ownerToken = ownerToken.toLower();
}

void readHistory(OptionReader &reader, HostConfig &config)
{
    constexpr qint64 Most = 1'000'000'000;
    constexpr qint64 MostDays = 36500;
    config.hasHistory = !reader.has(u"no-history"_s);
    for (const auto &option : {u"history-count"_s, u"history-days"_s}) {
        if (reader.has(option) && !config.hasHistory)
            reader.fail(u"--%1: has no meaning with --no-history."_s.arg(option));
        if (reader.has(option) && config.ephemeral)
            reader.fail(u"--%1: has no meaning with --ephemeral."_s.arg(option));
    }
    reader.number<qint64>(u"history-count"_s, 0, Most, config.retention.messagesPerRoom);
    qint64 days = std::chrono::duration_cast<std::chrono::days>(config.retention.age).count();
    reader.number<qint64>(u"history-days"_s, 0, MostDays, days);
    config.retention.age = std::chrono::days(days);
}

void readProxies(OptionReader &reader, server::ServerOptions &options)
{
    for (const QString &text : reader.all(u"trusted-proxy"_s)) {
        if (const auto range = server::AddressRange::parse(text))
            options.trustedProxies.append(*range);
        else
            reader.fail(u"--trusted-proxy: %1."_s.arg(range.error().message));
    }
}

/// "100/1000": messages a second and burst; "0": off.
void readRate(OptionReader &reader, server::ServerOptions &options)
{
    if (!reader.has(u"rate"_s))
        return;
    const QString text = reader.text(u"rate"_s);
    static const QRegularExpression pattern(uR"(\A(\d{1,9})(?:/(\d{1,9}))?\z)"_s);
    const auto match = pattern.match(text);
    const int rate = match.captured(1).toInt();
    const int burst = match.captured(2).toInt();
    if (!match.hasMatch() || (rate > 0 && burst < 1))
        return reader.fail(
            u"--rate: \"%1\" is not RATE/BURST, like 100/1000, or 0 for no limit."_s.arg(text));
    options.messagesPerSecond = rate;
    options.messageBurst = burst;
}

void readLimits(OptionReader &reader, HostConfig &config)
{
    constexpr int Most = std::numeric_limits<int>::max();
    server::ServerOptions &options = config.server;
    reader.number<qint64>(u"max-message"_s, 1, MaxMessageCeiling, options.maxMessageBytes);
    reader.number(u"max-connections"_s, 0, Most, options.maxConnections);
    reader.number(u"max-per-address"_s, 0, Most, options.maxPerAddress);
    reader.seconds(u"body-timeout"_s, options.bodyTimeout, 0);
    reader.seconds(u"answer-timeout"_s, options.answerTimeout, 0);
    reader.number(u"capacity"_s, 1, Most, config.layer.capacity);
    reader.seconds(u"expiry"_s, config.layer.expiry);
    reader.seconds(u"group-expiry"_s, config.layer.groupExpiry);
    readRate(reader, options);
    readProxies(reader, options);
}

void readEncryption(OptionReader &reader, HostConfig &config)
{
    if (reader.has(u"plain"_s) && reader.has(u"tls"_s))
        reader.fail(u"--tls: contradicts --plain; give one of them, or neither."_s);
    if (reader.has(u"certificate"_s) != reader.has(u"key"_s))
        reader.fail(reader.has(u"key"_s) ? u"--key: needs --certificate FILE with it."_s
                                         : u"--certificate: needs --key FILE with it."_s);
    if (reader.has(u"certificate"_s) && reader.has(u"plain"_s))
        reader.fail(u"--certificate: has no meaning with --plain."_s);
    if (reader.has(u"tls"_s))
        config.encryption = Encryption::Always;
    else if (reader.has(u"plain"_s))
        config.encryption = Encryption::Never;
    config.certificateFile = reader.text(u"certificate"_s);
    config.keyFile = reader.text(u"key"_s);
    if (reader.has(u"certificate"_s)
        && (config.certificateFile.isEmpty() || config.keyFile.isEmpty()))
        reader.fail(u"--certificate, --key: must name files."_s);
}

void readEngine(OptionReader &reader, HostConfig &config)
{
    const QString engine = reader.has(u"engine"_s) ? reader.text(u"engine"_s) : u"native"_s;
    if (engine != "native"_L1 && engine != "qt"_L1)
        reader.fail(u"--engine: \"%1\" is neither native nor qt."_s.arg(engine));
    config.server.engine = engine == "qt"_L1 ? server::Engine::Qt : server::Engine::Native;
}

} // namespace

Environment Environment::ofThisProcess()
{
    return {qgetenv("PARLOUR_OWNER_TOKEN"), qEnvironmentVariable("PARLOUR_REDIS_URL")};
}

Expected<HostConfig> makeHostConfig(const OptionValues &values, const Environment &environment)
{
    HostConfig config;
    OptionReader reader(values);
    readListen(reader, config);
    readTitle(reader, config);
    readData(reader, config, environment.ownerToken);
    readHistory(reader, config);
    readEncryption(reader, config);
    readLimits(reader, config);
    readEngine(reader, config);
    config.shared = readSharing(reader, environment.redisUrl);
    config.allowedHosts = reader.all(u"allowed-host"_s);
    config.allowedOrigins = reader.all(u"allowed-origin"_s);
    config.echo = reader.has(u"echo"_s);
    if (reader.has(u"log-level"_s))
        if (const auto level = reader.take(parseLogLevel(reader.text(u"log-level"_s))))
            config.logLevel = *level;
    if (reader.error())
        return *reader.error();
    return config;
}

Expected<OptionValues> withConfigFile(const QList<Option> &options, const OptionValues &commandLine,
                                      const Environment &environment)
{
    if (!commandLine.contains(u"config"_s))
        return commandLine;
    const QString path = commandLine.value(u"config"_s).constFirst();
    auto file = parseConfigFile(options, path);
    if (!file)
        return file.error();
    if (file->contains(u"config"_s))
        return usageError(u"--config: a config file cannot name another one."_s);
    if (commandLine.contains(u"redis"_s) || !environment.redisUrl.isEmpty())
        file->remove(u"redis"_s);
    for (const QString &url : file->value(u"redis"_s))
        if (const auto address = redis::RedisAddress::parse(url); !address)
            return usageError(u"%1: redis: %2"_s.arg(path, address.error().message));
    return merged(commandLine, *file);
}

Expected<Endpoint> parseEndpoint(const QString &text)
{
    static const QRegularExpression pattern(
        uR"(\A(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:\[\]]+)):(\d{1,5})\z)"_s);
    const auto match = pattern.match(text);
    const int port = match.captured(3).toInt();
    QString address = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    if (address == "localhost"_L1)
        address = u"127.0.0.1"_s;
    if (!match.hasMatch() || port > std::numeric_limits<quint16>::max()
        || QHostAddress(address).isNull())
        return usageError(
            u"--listen: \"%1\" is not ADDRESS:PORT, like 127.0.0.1:8765 or [::]:8765."_s.arg(text));
    return Endpoint{address, static_cast<quint16>(port)};
}

QString httpUrl(const Endpoint &endpoint, server::Transport transport)
{
    const QString scheme = transport == server::Transport::Tls ? u"https"_s : u"http"_s;
    const QString pattern = endpoint.address.contains(u':') ? u"%1://[%2]:%3/"_s : u"%1://%2:%3/"_s;
    return pattern.arg(scheme, endpoint.address).arg(endpoint.port);
}

} // namespace parlour::wiring
