// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/server_engine.h"

#include <algorithm>

namespace parlour::server {

namespace {
constexpr qint64 MessageCeiling = qint64(1024) * 1024;

ServerOptions inBounds(ServerOptions options)
{
    options.maxMessageBytes = std::clamp<qint64>(options.maxMessageBytes, 1, MessageCeiling);
    return options;
}
} // namespace

ServerEngine::ServerEngine(channels::Application application, const ServerOptions &options,
                           QObject *parent)
    : QObject(parent)
    , m_context{std::move(application), inBounds(options), {}}
    , m_admission(m_context.options)
{
}

ServerEngine::~ServerEngine() = default;

channels::Expected<void> ServerEngine::setTlsIdentity(const TlsIdentity &identity)
{
    if (const auto checked = checkTlsIdentity(identity); !checked)
        return checked;
    const auto used = useTlsIdentity(identity);
    m_hasTlsIdentity = m_hasTlsIdentity || used;
    return used;
}

void ServerEngine::setOptions(const ServerOptions &options)
{
    const Engine engine = m_context.options.engine;
    m_context.options = inBounds(options);
    m_context.options.engine = engine; // what runs, runs
}

} // namespace parlour::server
