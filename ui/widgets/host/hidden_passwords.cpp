// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/hidden_passwords.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

const QString dots = u"••••"_s;

QRegularExpressionMatch parts(const QString &address)
{
    static const QRegularExpression pattern(uR"(\A(\w+://[^:@/]*:)(.+)(@[^@]*)\z)"_s);
    return pattern.match(address);
}

QString withPassword(const QString &address, const QString &password)
{
    const auto match = parts(address);
    return match.hasMatch() ? match.captured(1) + password + match.captured(3) : address;
}

QString passwordOf(const QString &address)
{
    return parts(address).captured(2);
}

} // namespace

HiddenPasswords::HiddenPasswords(const QString &addresses)
    : m_addresses(addresses.simplified().split(u' ', Qt::SkipEmptyParts))
{
}

QString HiddenPasswords::shown() const
{
    QStringList shown;
    for (const QString &address : m_addresses)
        shown.append(withPassword(address, dots));
    return shown.join(u' ');
}

QString HiddenPasswords::putBack(const QString &edited) const
{
    QStringList addresses = edited.simplified().split(u' ', Qt::SkipEmptyParts);
    QStringList left = m_addresses; // whose password has no place yet
    left.removeIf([](const QString &address) { return passwordOf(address).isEmpty(); });
    const auto fill = [&](const auto &isCounterpart) {
        for (QString &address : addresses) {
            if (passwordOf(address) != dots)
                continue;
            const auto found = std::find_if(left.cbegin(), left.cend(), [&](const QString &kept) {
                return isCounterpart(withPassword(kept, dots), address);
            });
            if (found == left.cend())
                continue;
            address = withPassword(address, passwordOf(*found));
            left.erase(found);
        }
    };
    fill([](const QString &kept, const QString &address) { return kept == address; });
    fill([](const QString &, const QString &) { return true; });
    return addresses.join(u' ');
}

} // namespace parlour::widgets
