// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/frame_values.h"

#include <QByteArray>

/// What people show of a message with one emoji.
namespace parlour::chat {

struct ReactionLimits {
    static constexpr qsizetype CodePoints = 16; ///< of one emoji: families and flags have many
    static constexpr qsizetype Different = 20; ///< on one message
    static constexpr qsizetype InAll = 200; ///< on one message, each person's counted
    /// As many times that of what other hosts tell: each counted without the others, where they
    /// were not within reach, and all are to come to the same.
    static constexpr qsizetype OverHosts = 4;
};

/// Whether it may be one: no ASCII letters, spaces, control or bidi characters. Which code points
/// are emoji changes with each year's Unicode.
bool isEmoji(const QString &text);

/// Adds somebody's reaction, or takes it back. False where it was so before. Fails
/// (too_many_reactions) beyond the limits, `times` taken.
channels::Expected<bool> react(QList<Reaction> &reactions, const QString &emoji,
                               const Sender &person, bool on, qsizetype times = 1);

/// As a JSON list, as frames have it; how a store keeps them.
QByteArray jsonOf(const QList<Reaction> &reactions);
/// Counterpart of jsonOf(); none where it is no such list.
QList<Reaction> reactionsOf(const QByteArray &json);

} // namespace parlour::chat
