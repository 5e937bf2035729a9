// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "daemon.h"

#include "chat/safety_number.h"
#include "transfer.h"
#include "wiring/exit_codes.h"
#include "wiring/host_identity.h"
#include "wiring/host_service.h"
#include "wiring/logging.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLoggingCategory>

#include <cstdio>

namespace parlour {

using channels::Expected;
using namespace wiring;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcHost, "parlour.host", QtInfoMsg)

constexpr auto StopDeadline = 2800ms; ///< an exit within three seconds is promised

QList<Option> daemonOptions()
{
    return hostOptions() + transferOptions()
        + QList<Option>{{u"version"_s, Takes::Nothing, {}, u"print the version and end"_s},
                        {u"help"_s, Takes::Nothing, {}, u"print this and end"_s}};
}

void print(const QString &line)
{
    std::fputs(qUtf8Printable(line), stdout);
    std::fflush(stdout);
}

int fail(int code, const QString &message)
{
    std::fputs(qUtf8Printable(u"parlourd: "_s + message + u'\n'), stderr);
    return code;
}

int failToServe(const channels::Error &error)
{
    return fail(error.code == "data"_L1 ? exit_code::Data : exit_code::Listen, error.message);
}

void printAddress(const channels::Endpoint &endpoint, server::Transport transport)
{
    const QString url = httpUrl(endpoint, transport);
    print(u"listening on %1\n"_s.arg(url));
    if (transport == server::Transport::Plain && !QHostAddress(endpoint.address).isLoopback())
        qCWarning(lcHost).noquote()
            << url << "is not encrypted: anyone on that network can read along";
}

void logFingerprint(const server::TlsIdentity &identity)
{
    const QByteArray fingerprint = server::publicKeyFingerprint(identity.certificate).valueOr({});
    qCInfo(lcHost).noquote() << "safety number" << chat::safetyNumber(fingerprint)
                             << "(SHA-256 of the key:" << fingerprint.toHex() + ')';
}

} // namespace

Daemon::Daemon(const QStringList &arguments, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
    connect(&m_signals, &UnixSignals::terminate, this, &Daemon::stop);
    connect(&m_signals, &UnixSignals::reload, this, &Daemon::reload);
    m_stopDeadline.setSingleShot(true);
    connect(&m_stopDeadline, &QTimer::timeout, qApp, &QCoreApplication::quit);
}

Daemon::~Daemon() = default;

std::optional<int> Daemon::start()
{
    const auto values = parseArguments(daemonOptions(), m_arguments);
    if (values && values->contains(u"help"_s)) {
        print(helpText(u"parlourd [OPTIONS]: a Parlour host without a window"_s, daemonOptions()));
        return exit_code::Ended;
    }
    if (values && values->contains(u"version"_s)) {
        print(u"parlourd "_s + QCoreApplication::applicationVersion() + u'\n');
        return exit_code::Ended;
    }
    auto config = readConfig();
    if (!config)
        return fail(exit_code::Usage, config.error().message);
    installLogging(config->logLevel);
    if (const auto code = transfer(*values, *config))
        return code;
    if (const auto code = openData(*config))
        return code;
    if (const auto code = openIdentity(*config))
        return code;

    m_host = std::make_unique<HostService>(*config);
    m_host->whenOpening(&UnixSignals::endAtOnce);
    connect(m_host.get(), &HostService::stopped, qApp, &QCoreApplication::quit);
    connect(m_host.get(), &HostService::restartFailed, qApp,
            [](const channels::Error &error) { QCoreApplication::exit(failToServe(error)); });
    const auto bound = m_host->start();
    if (!bound)
        return failToServe(bound.error());
    for (const channels::Endpoint &endpoint : *bound)
        printAddress(endpoint, transportAt(*config, endpoint));
    if (!config->identity.isEmpty())
        logFingerprint(config->identity);
    return std::nullopt;
}

Expected<HostConfig> Daemon::readConfig() const
{
    const auto values = parseArguments(daemonOptions(), m_arguments);
    if (!values)
        return values.error();
    const Environment environment = Environment::ofThisProcess();
    const auto all = withConfigFile(daemonOptions(), *values, environment);
    if (!all)
        return all.error();
    auto config = makeHostConfig(*all, environment);
    if (config && !config->certificateFile.isEmpty() && !needsIdentity(*config))
        return channels::Error{u"usage"_s, u"--certificate: no address speaks TLS; add --tls."_s};
    return config;
}

std::optional<int> Daemon::openData(HostConfig &config)
{
    if (config.ephemeral)
        return std::nullopt;
    const auto folder = DataFolder::open(config.dataFolder);
    if (!folder)
        return fail(exit_code::Data, folder.error().message);
    m_data = *folder;
    const auto token = m_data->ownerToken();
    if (!token)
        return fail(exit_code::Data, token.error().message);
    config.ownerToken = *token;
    return std::nullopt;
}

std::optional<int> Daemon::openIdentity(HostConfig &config)
{
    if (!needsIdentity(config))
        return std::nullopt;
    const auto identity = hostIdentity(config, m_data.get());
    if (!identity)
        return fail(exit_code::Data, identity.error().message);
    config.identity = *identity;
    m_isEphemeralIdentity = config.ephemeral && config.certificateFile.isEmpty();
    return std::nullopt;
}

void Daemon::stop()
{
    qCInfo(lcHost) << "stopping";
    m_stopDeadline.start(StopDeadline);
    m_host->stop(channels::close_code::GoingAway, u"The host stopped."_s);
}

void Daemon::reload()
{
    const auto config = readConfig();
    if (!config) {
        qCWarning(lcHost).noquote() << "limits were not read again:" << config.error().message;
        return;
    }
    m_host->setLimits(config->server);
    qCInfo(lcHost) << "limits were read again";
    if (!needsIdentity(*config) || m_isEphemeralIdentity)
        return;
    const auto identity = hostIdentity(*config, m_data.get());
    const auto set = identity ? m_host->setIdentity(*identity) : identity.error();
    if (!set) {
        qCWarning(lcHost).noquote() << "the certificate stays as it was:" << set.error().message;
        return;
    }
    qCInfo(lcHost) << "the certificate was read again";
    logFingerprint(*identity);
}

} // namespace parlour
