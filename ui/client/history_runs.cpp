// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/history_runs.h"

#include <algorithm>

namespace parlour::client {

using chat::ChatMessage;
using chat::HistoryFrame;
using chat::NumberRanges;
using chat::Position;

HistoryFrame runBefore(QList<ChatMessage> messages, const NumberRanges &known, const QString &room,
                       const Position &before)
{
    HistoryFrame page{room, before.epoch, {}, {}, before.number, true};
    if (messages.isEmpty())
        return page;
    const ChatMessage last = messages.last();
    const bool isNext = last.epoch == before.epoch && known.hold(last.number, before.number);
    page.epoch = last.epoch;
    page.first = last.number;
    page.number = isNext ? before.number - 1 : last.number;
    qsizetype from = messages.size() - 1;
    while (from > 0 && messages.at(from - 1).epoch == page.epoch
           && known.hold(messages.at(from - 1).number, page.first))
        page.first = messages.at(--from).number;
    messages.remove(0, from);
    page.messages = messages;
    return page;
}

bool isRightBefore(const HistoryFrame &page, const Position &before)
{
    return !page.messages.isEmpty() && page.epoch == before.epoch
        && page.number + 1 == before.number;
}

RunBehind runBehind(QList<ChatMessage> messages, const NumberRanges &known, const Position &after,
                    bool isAll)
{
    RunBehind run;
    if (messages.isEmpty())
        return run;
    const ChatMessage &first = messages.constFirst();
    run.isRightBehind = first.epoch == after.epoch && known.hold(after.number + 1, first.number);
    qsizetype end = 1;
    while (end < messages.size() && messages.at(end).epoch == first.epoch
           && known.hold(messages.at(end - 1).number, messages.at(end).number))
        ++end;
    run.number = messages.at(end - 1).number;
    if (end < messages.size() || isAll)
        run.number = std::max(run.number, known.lastFrom(run.number));
    messages.remove(end, messages.size() - end);
    run.messages = messages;
    return run;
}

} // namespace parlour::client
