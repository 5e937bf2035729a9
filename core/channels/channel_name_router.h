// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QHash>

#include <utility>

namespace parlour::channels {

/// Chooses a worker's application by scope.channel; an unknown channel is logged, and its messages
/// are dropped and counted (unrouted). Usable as an Application, under "channel" in a
/// ProtocolTypeRouter. Counterpart: channels.routing.ChannelNameRouter.
class ChannelNameRouter
{
public:
    ChannelNameRouter(std::initializer_list<std::pair<const char *, Application>> applications);

    std::unique_ptr<Instance> operator()(const Scope &scope, const Send &send) const;

private:
    QHash<QString, Application> m_applications;
};

} // namespace parlour::channels
