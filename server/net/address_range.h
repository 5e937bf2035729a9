// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QString>

#include <array>

namespace parlour::server {

/// One address, or a network of them: "10.0.0.7", "10.0.0.0/8", "fd00::/8". IPv4 addresses that
/// came in over IPv6 are the same addresses. A value.
class AddressRange
{
public:
    /// Fails (bad_address) in words that say what one looks like.
    static channels::Expected<AddressRange> parse(const QString &text);

    /// `address` is numeric; its scope is passed over. False for anything else.
    bool contains(const QString &address) const;

    friend bool operator==(const AddressRange &, const AddressRange &) = default;

private:
    using Bytes = std::array<quint8, 16>;

    Bytes m_network{}; ///< an IPv6 address, bits beyond the prefix are zero
    int m_prefix = 0; ///< bits
};

} // namespace parlour::server
