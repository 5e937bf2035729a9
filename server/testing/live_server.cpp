// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "testing/live_server.h"

#include "channels/testing/waiting.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace parlour::server {

LiveServer::LiveServer(channels::Application application, const LiveServerOptions &options)
    : m_options(options)
    , m_server(std::move(application), options.server)
{
    const auto bound = listen();
    if (bound)
        m_endpoint = *bound;
    else
        m_error = bound.error().message;
}

channels::Expected<channels::Endpoint> LiveServer::listen()
{
    if (m_options.transport == Transport::Tls) {
        if (m_options.identity.isEmpty()) {
            auto made = makeTlsIdentity({});
            if (!made)
                return made.error();
            m_options.identity = std::move(made).value();
        }
        if (const auto set = m_server.setTlsIdentity(m_options.identity); !set)
            return set.error();
    }
    return m_server.listen(m_options.address, 0, m_options.transport);
}

QUrl LiveServer::url(const QString &path) const
{
    return urlOf(u"http"_s, path);
}

QUrl LiveServer::webSocketUrl(const QString &path) const
{
    return urlOf(u"ws"_s, path);
}

bool LiveServer::stop(int code, std::chrono::milliseconds timeout)
{
    const auto gone = std::make_shared<bool>(false);
    QObject::connect(&m_server, &Server::stopped, &m_server, [gone] { *gone = true; });
    m_server.stop(code, u"the test server stops"_s);
    return channels::waitFor([gone] { return *gone; }, timeout);
}

QUrl LiveServer::urlOf(const QString &scheme, const QString &path) const
{
    if (m_endpoint.port == 0)
        return {};
    const qsizetype query = path.indexOf(u'?');
    QUrl url;
    url.setScheme(m_options.transport == Transport::Tls ? scheme + u's' : scheme);
    url.setHost(m_endpoint.address);
    url.setPort(m_endpoint.port);
    url.setPath(path.left(query));
    if (query >= 0)
        url.setQuery(path.mid(query + 1));
    return url;
}

} // namespace parlour::server
