// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QVariant>

namespace parlour::tests {

/// The pairs of a map of the vectors, in the order in which Python wrote them.
using Pairs = QList<std::pair<QString, QVariant>>;

/// A value in the notation of the vectors (their "value_notation"). Keys that are bytes become
/// text, as they do when a body is read.
QVariant valueOf(const QJsonValue &noted);
Pairs pairsOf(const QJsonObject &noted);
/// What a rule ("message_rule") tells to make; for values that are too large to be written down.
Pairs pairsOfRule(const QJsonObject &rule);
QVariantMap mapOf(const Pairs &pairs);

/// Both kinds, of one case.
Pairs messageOf(const QJsonObject &vector);

/// The bytes of a case's "body_hex", which may be a rule too: "91 repeated 1023 times, then 90".
QByteArray bodyOf(const QJsonObject &vector);

/// Values of a body are equal to those of a vector: type by type, and NaN to itself.
bool isSameValue(const QVariant &a, const QVariant &b);

} // namespace parlour::tests
