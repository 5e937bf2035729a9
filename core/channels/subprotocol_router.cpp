// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/subprotocol_router.h"

#include <algorithm>

namespace parlour::channels {

SubprotocolRouter::SubprotocolRouter(
    std::initializer_list<std::pair<const char *, Application>> applications, Application otherwise)
    : m_otherwise(std::move(otherwise))
{
    for (const auto &[name, application] : applications)
        m_applications.emplace_back(QString::fromLatin1(name), application);
}

std::unique_ptr<Instance> SubprotocolRouter::operator()(const Scope &scope, const Send &send) const
{
    for (const QString &offered : scope.subprotocols) {
        const auto found = std::find_if(m_applications.begin(), m_applications.end(),
                                        [&](const auto &known) { return known.first == offered; });
        if (found != m_applications.end())
            return found->second(scope, send);
    }
    return m_otherwise(scope, send);
}

} // namespace parlour::channels
