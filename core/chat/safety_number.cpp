// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/safety_number.h"

#include "chat/key_proof.h"

namespace parlour::chat {

namespace {

constexpr int Groups = 6;
constexpr int BytesPerGroup = 5;
constexpr quint64 GroupLimit = 100000;

} // namespace

QStringList safetyNumberGroups(const QByteArray &fingerprint)
{
    if (fingerprint.size() != KeySizes::Fingerprint)
        return {};
    QStringList groups;
    for (int group = 0; group < Groups; ++group) {
        quint64 number = 0;
        for (int byte = 0; byte < BytesPerGroup; ++byte)
            number = number << 8 | quint8(fingerprint.at(group * BytesPerGroup + byte));
        groups.append(QStringLiteral("%1").arg(number % GroupLimit, 5, 10, QLatin1Char('0')));
    }
    return groups;
}

QString safetyNumber(const QByteArray &fingerprint)
{
    return safetyNumberGroups(fingerprint).join(QLatin1Char(' '));
}

} // namespace parlour::chat
