// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame_values.h"

#include <QVariantList>

/// A message as a row of the store's table `messages`.
namespace parlour::client {

/// The names of the columns behind room, epoch and number.
QString storedColumns();
/// Their values, in that order; of the text no more than `longest` UTF-16 units.
QVariantList storedValues(const chat::ChatMessage &message, qsizetype longest);
/// `row`: epoch, number, then storedColumns().
chat::ChatMessage messageOf(const QString &room, const QVariantList &row);

} // namespace parlour::client
