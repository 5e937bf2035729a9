// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/protocol_type_router.h"

#include "channels/refusal.h"

namespace parlour::channels {

ProtocolTypeRouter::ProtocolTypeRouter(
    std::initializer_list<std::pair<const char *, Application>> applications)
{
    for (const auto &[type, application] : applications)
        m_applications.insert(QString::fromLatin1(type), application);
}

std::unique_ptr<Instance> ProtocolTypeRouter::operator()(const Scope &scope, const Send &send) const
{
    const auto found = m_applications.find(scope.type);
    return found == m_applications.end() ? notFound()(scope, send) : (*found)(scope, send);
}

} // namespace parlour::channels
