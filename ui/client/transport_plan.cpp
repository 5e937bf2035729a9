// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/transport_plan.h"

#include <utility>

namespace parlour::client {

TransportPlan::TransportPlan(const HostAddress &address)
    : m_isTlsAlone(address.secure)
    , m_beginsWithTls(!address.isLoopback())
{
}

void TransportPlan::begin(bool isPinned)
{
    const bool isTlsAlone = m_isTlsAlone || isPinned;
    m_isTls = isTlsAlone || m_beginsWithTls;
    m_hasOther = !isTlsAlone;
}

bool TransportPlan::fallBack()
{
    const bool falls = std::exchange(m_hasOther, false);
    if (falls)
        m_isTls = !m_isTls;
    return falls;
}

} // namespace parlour::client
