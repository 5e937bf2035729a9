// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <optional>

namespace parlour::client {

/// How far a client has what is said in one room. Takes the host's frames and hands on what is new
/// of them: in order, without a hole and nothing twice, whatever a link or a host does. A value.
class CatchUp
{
public:
    enum class Next {
        Nothing,
        AskForMore, ///< for the part behind position()
        JoinAgain, ///< with position(): something before what came is missing
    };
    struct Taken {
        QList<chat::ChatMessage> news; ///< oldest first
        QList<chat::ChatMessage> changed; ///< older ones, as they are now
        bool isLost = false; ///< what lay before the first of them is gone
        Next next = Next::Nothing;
    };

    explicit CatchUp(std::optional<chat::Position> position = {});

    /// Of the last message or change that was handed on; none: the room is new.
    const std::optional<chat::Position> &position() const { return m_position; }
    /// Whether everything that was said before the join is here. What is said comes from then on.
    bool isComplete() const { return m_isComplete; }

    /// A join is on its way, or the link is lost.
    void begin();
    /// The host has let us in; its log stood there.
    void setEnd(const chat::Position &end);

    /// The first page of a newcomer, or a part of what was missed; not older pages.
    Taken take(const chat::HistoryFrame &part);
    /// What was said now.
    Taken take(const chat::ChatMessage &message);
    /// What was changed now.
    Taken take(const chat::ChangedFrame &change);

    /// Messages that this catching up brought so far, and brings in all.
    qint64 done() const;
    qint64 total() const;

private:
    bool isNext(const chat::Position &position) const;
    bool isKnown(const chat::Position &position) const;
    void takeNumbered(Taken &taken, const chat::HistoryFrame &part);
    void takeUnnumbered(Taken &taken, const chat::HistoryFrame &part);
    void finish(Taken &taken, const chat::HistoryFrame &part);
    bool isTaken(Taken &taken, const chat::Position &position);
    bool askAgain(Taken &taken);

    std::optional<chat::Position> m_position;
    std::optional<chat::Position> m_start; ///< m_position when it began
    std::optional<chat::Position> m_end;
    std::optional<chat::Position> m_holeBehind; ///< asked again for what follows it
    bool m_isComplete = false;
};

} // namespace parlour::client
