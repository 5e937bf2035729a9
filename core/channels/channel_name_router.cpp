// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_name_router.h"

#include "channels/logging.h"
#include "channels/refusal.h"

namespace parlour::channels {

ChannelNameRouter::ChannelNameRouter(
    std::initializer_list<std::pair<const char *, Application>> applications)
{
    for (const auto &[name, application] : applications)
        m_applications.insert(QString::fromLatin1(name), application);
}

std::unique_ptr<Instance> ChannelNameRouter::operator()(const Scope &scope, const Send &send) const
{
    const auto found = m_applications.find(scope.channel);
    if (found != m_applications.end())
        return (*found)(scope, send);
    qCWarning(lcRouting).noquote()
        << "no application is routed for the channel" << scope.channel.left(100);
    return notFound()(scope, send);
}

} // namespace parlour::channels
