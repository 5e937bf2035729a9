// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/address_range.h"

#include <QHostAddress>

#include <algorithm>
#include <iterator>
#include <optional>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {

constexpr int V4Prefix = 96; ///< bits of ::ffff:0:0/96

struct Parsed {
    std::array<quint8, 16> bytes{};
    bool isV4 = false;
};

std::optional<Parsed> parsed(const QString &text)
{
    QHostAddress address;
    if (text.isEmpty() || !address.setAddress(text))
        return {};
    Parsed result;
    result.isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
    if (!result.isV4) {
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::copy(std::begin(bytes.c), std::end(bytes.c), result.bytes.begin());
        return result;
    }
    // By hand, as ::ffff:a.b.c.d: QHostAddress makes :: of 0.0.0.0.
    result.bytes[10] = result.bytes[11] = 0xff;
    for (size_t i = 0; i < 4; ++i)
        result.bytes[12 + i] = static_cast<quint8>(address.toIPv4Address() >> (24 - 8 * i));
    return result;
}

/// Clears the bits behind the prefix.
void truncate(std::array<quint8, 16> &bytes, int prefix)
{
    for (int i = 0; i < int(bytes.size()); ++i) {
        const int kept = std::clamp(prefix - i * 8, 0, 8);
        bytes[size_t(i)] &= static_cast<quint8>(0xFF00 >> kept);
    }
}

} // namespace

channels::Expected<AddressRange> AddressRange::parse(const QString &text)
{
    const channels::Error error{
        u"bad_address"_s,
        u"\"%1\" is no address and no network, like 10.0.0.7, 10.0.0.0/8 or fd00::/8"_s.arg(text)};
    const auto slash = text.indexOf(u'/');
    const auto address = parsed(text.left(slash < 0 ? text.size() : slash));
    if (!address)
        return error;
    const int most = address->isV4 ? 32 : 128;
    bool isNumber = true;
    const int bits = slash < 0 ? most : QStringView(text).mid(slash + 1).toInt(&isNumber);
    if (!isNumber || bits < 0 || bits > most)
        return error;
    AddressRange range;
    range.m_network = address->bytes;
    range.m_prefix = address->isV4 ? V4Prefix + bits : bits;
    truncate(range.m_network, range.m_prefix);
    return range;
}

bool AddressRange::contains(const QString &address) const
{
    auto candidate = parsed(address);
    if (!candidate)
        return false;
    truncate(candidate->bytes, m_prefix);
    return candidate->bytes == m_network;
}

} // namespace parlour::server
