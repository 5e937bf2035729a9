// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/firstrun/card.h"

#include "widgets/common/avatar.h"
#include "widgets/common/text_label.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

Card::Card(const Theme &theme, const QString &icon, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_problem(new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Wrap, this))
{
    setProperty("card", u"large"_s);
    m_problem->setTone(u"bad"_s);
    m_problem->hide();
    auto *heading = new TextLabel(theme, Theme::Type::Heading, TextLabel::Fit::Wrap, this);
    heading->setText(title);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new IconDisc(theme, {.icon = icon}, this));
    head->addWidget(heading, 1);
    m_column->setContentsMargins(24, 24, 24, 24);
    m_column->setSpacing(8);
    m_column->addLayout(head);
}

void Card::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

TextLabel *Card::addText(const QString &text)
{
    auto *label = new TextLabel(m_theme, Theme::Type::Body, TextLabel::Fit::Wrap, this);
    label->setText(text);
    label->setTone(u"text2"_s);
    m_column->addWidget(label);
    return label;
}

void Card::addProblemLine()
{
    m_column->addWidget(m_problem);
}

} // namespace parlour::widgets
