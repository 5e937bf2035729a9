// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QJsonValue>

/// One JSON value of any kind as text.
namespace parlour::channels {

/// Fails (bad_json) with words that say what is wrong.
Expected<QJsonValue> parsedJson(const QByteArray &text);
/// Compact.
QByteArray jsonText(const QJsonValue &json);

} // namespace parlour::channels
