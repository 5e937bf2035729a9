// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <utility>
#include <vector>

namespace parlour::channels {

/// Chooses a WebSocket application by the subprotocols that the client offers, in the client's
/// order; `otherwise` gets clients that offer none of them. The chosen application accepts with
/// that subprotocol. Usable as an Application. (Channels leaves this to each consumer.)
class SubprotocolRouter
{
public:
    SubprotocolRouter(std::initializer_list<std::pair<const char *, Application>> applications,
                      Application otherwise);

    std::unique_ptr<Instance> operator()(const Scope &scope, const Send &send) const;

private:
    std::vector<std::pair<QString, Application>> m_applications;
    Application m_otherwise;
};

} // namespace parlour::channels
