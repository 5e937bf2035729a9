// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/reaction_choice.h"

#include <algorithm>
#include <array>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {

struct Choice {
    const char16_t *emoji;
    const char *name;
};

constexpr std::array Choices{
    Choice{u"\U0001F44D", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Thumbs up")},
    Choice{u"\u2764\uFE0F", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Heart")},
    Choice{u"\U0001F602", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Laughing")},
    Choice{u"\U0001F389", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Party")},
    Choice{u"\U0001F62E", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Surprised")},
    Choice{u"\U0001F622", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Sad")},
    Choice{u"\U0001F440", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Looking")},
    Choice{u"\u2705", QT_TRANSLATE_NOOP("parlour::widgets::ReactionChoice", "Done")},
};

} // namespace

ReactionChoice::ReactionChoice(const QList<models::ShownReaction> &present, QWidget *parent)
    : QMenu(tr("React"), parent)
{
    for (const Choice &choice : Choices) {
        const QString emoji = QString::fromUtf16(choice.emoji);
        const bool isOwn =
            std::any_of(present.begin(), present.end(), [&](const models::ShownReaction &one) {
                return one.emoji == emoji && one.isOwn;
            });
        auto *action = addAction(emoji + u"  "_s + tr(choice.name), this,
                                 [this, emoji, isOwn] { Q_EMIT chosen(emoji, !isOwn); });
        action->setCheckable(true);
        action->setChecked(isOwn);
    }
}

} // namespace parlour::widgets
