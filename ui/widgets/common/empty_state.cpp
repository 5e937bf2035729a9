// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/empty_state.h"

#include "widgets/common/avatar.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

EmptyState::EmptyState(const Theme &theme, const QString &icon, const QString &heading,
                       const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_buttons(new QHBoxLayout)
{
    auto *disc = new IconDisc(theme, {.icon = icon, .size = 72, .iconSize = 32}, this);
    auto *head = new TextLabel(theme, Theme::Type::Heading, TextLabel::Fit::Wrap, this);
    head->setText(heading);
    head->setAlignment(Qt::AlignCenter);
    auto *text = new TextLabel(theme, Theme::Type::Body, TextLabel::Fit::Wrap, this);
    text->setText(sentence);
    text->setTone(u"text2"_s);
    text->setAlignment(Qt::AlignCenter);

    m_buttons->setSpacing(8);
    m_buttons->addStretch(1);
    m_buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(disc, 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(head);
    column->addSpacing(4);
    column->addWidget(text);
    column->addSpacing(16);
    column->addLayout(m_buttons);
    column->addStretch(1);
}

QPushButton *EmptyState::addButton(const QString &text, const QString &icon, bool isPrimary)
{
    auto *button = makeButton(m_theme, text,
                              {.kind = isPrimary ? u"primary"_s : QString(), .icon = icon}, this);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

} // namespace parlour::widgets
