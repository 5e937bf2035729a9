// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QMap>

#include <utility>
#include <vector>

namespace parlour::channels {

/// Chooses the application by scope.type; an unknown type gets 404. Usable as an Application.
/// Counterpart: channels.routing.ProtocolTypeRouter.
class ProtocolTypeRouter
{
public:
    ProtocolTypeRouter(std::initializer_list<std::pair<const char *, Application>> applications);

    std::unique_ptr<Instance> operator()(const Scope &scope, const Send &send) const;

private:
    QMap<QString, Application> m_applications;
};

} // namespace parlour::channels
