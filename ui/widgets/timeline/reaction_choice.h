// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/shown_reaction.h"

#include <QMenu>

namespace parlour::widgets {

/// The small choice of reactions to a message. Those that the person has chosen already are
/// checked, and chosen again they are taken back.
class ReactionChoice final : public QMenu
{
    Q_OBJECT
public:
    /// `present`: those that the message has.
    ReactionChoice(const QList<models::ShownReaction> &present, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &emoji, bool isOn);
};

} // namespace parlour::widgets
