// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/timeline/message_row.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>

namespace parlour::widgets {

/// The words around a message, in the reader's language and locale.
class MessageWords
{
    Q_DECLARE_TR_FUNCTIONS(parlour::widgets::MessageWords)
public:
    /// "10:31"
    static QString time(qint64 msUtc);
    /// "Today, 19 November", for the line above a day's first message.
    static QString day(qint64 msUtc, QDate today = QDate::currentDate());
    /// Date and time in full, for a tooltip.
    static QString moment(qint64 msUtc);
    /// "New"
    static QString unread();
    /// What may have been said between this row and the one above.
    static QString gap(const MessageRow &row);
    /// What was said behind this row, and lost.
    static QString gapBelow();
    /// "sending…", "waiting" or nothing.
    static QString state(const MessageRow &row);
    /// "edited"
    static QString edited();
    /// "Edited " and when, for a tooltip.
    static QString editedAt(qint64 msUtc);
    /// "Message removed"
    static QString removed();
    /// One line of a message that is replied to, or that nothing is known of it.
    static QString quoted(const chat::Quote &quote);
    /// How many people react so.
    static QString count(const models::ShownReaction &reaction);
    /// Who does, for a tooltip.
    static QString people(const models::ShownReaction &reaction);
    /// "Not sent: " and why.
    static QString problem(const QString &why);
    static QString retry();
    static QString discard();
    /// What follows the shown part of a text that is too long to show.
    static QString shortened(qsizetype length);
};

} // namespace parlour::widgets
