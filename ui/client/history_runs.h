// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/number_ranges.h"

/// Which of the messages that somebody has belong together: the numbers between them are known.
namespace parlour::client {

/// Those of a past that end before a position, without what lies before a hole.
chat::HistoryFrame runBefore(QList<chat::ChatMessage> messages, const chat::NumberRanges &known,
                             const QString &room, const chat::Position &before);
bool isRightBefore(const chat::HistoryFrame &page, const chat::Position &before);

/// Those that follow a number, without what lies behind a hole.
struct RunBehind {
    QList<chat::ChatMessage> messages;
    qint64 number = 0; ///< the last one that is known behind them; 0: there are none
    bool isRightBehind = false; ///< nothing is missing before the first of them
};
/// `isAll`: nobody has messages behind the last of these.
RunBehind runBehind(QList<chat::ChatMessage> messages, const chat::NumberRanges &known,
                    const chat::Position &after, bool isAll);

} // namespace parlour::client
