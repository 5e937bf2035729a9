// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QVariant>

/// JSON values as Qt's values: what a channel layer carries.
namespace parlour::chat {

/// Of one valid JSON value; an invalid variant is null.
QVariant variantOfJson(QByteArrayView json);
/// Compact. What JSON does not know becomes null.
QByteArray jsonOfVariant(const QVariant &value);
/// Whether jsonOfVariant() says all of it: no bytes, NaN or infinity is in it, and nothing is
/// nested deeper than JsonLimits::Depth.
bool isJson(const QVariant &value);

} // namespace parlour::chat
