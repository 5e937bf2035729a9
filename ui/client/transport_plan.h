// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/host_address.h"

namespace parlour::client {

/// With TLS or without: what a try to reach a host begins with, and what it falls back to where the
/// host does not understand that. A host that is known by its key, and an https link, are called
/// with TLS alone; this computer first without; all others first with.
class TransportPlan
{
public:
    explicit TransportPlan(const HostAddress &address);

    /// A new try.
    void begin(bool isPinned);
    bool isTls() const { return m_isTls; }
    /// The host did not understand this. True: the other way is worth a try, and is the current one
    /// now.
    bool fallBack();

private:
    bool m_isTlsAlone;
    bool m_beginsWithTls;
    bool m_isTls = false;
    bool m_hasOther = false;
};

} // namespace parlour::client
