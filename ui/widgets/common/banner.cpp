// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/banner.h"

#include "widgets/common/controls.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int WideWidth = 720; ///< under it the sentence stands below its head

QColor inkOf(const Tokens &tokens, const QString &tone)
{
    if (tone == "warn"_L1) {
        return tokens.warn;
    }
    if (tone == "bad"_L1) {
        return tokens.bad;
    }
    return tone == "acc"_L1 ? tokens.acc : tokens.text2;
}

} // namespace

Banner::Banner(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_head(new TextLabel(theme, Theme::Type::Strong, TextLabel::Fit::Whole, this))
    , m_sentence(new TextLabel(theme, Theme::Type::Body, TextLabel::Fit::Wrap, this))
    , m_action(makeButton(theme, {}, {.scale = u"strip"_s}, this))
    , m_words(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setObjectName(u"strip"_s);
    m_sentence->setTone(u"text2"_s);
    m_action->hide();
    m_words->setSpacing(8);
    m_words->addWidget(m_head);
    m_words->addWidget(m_sentence, 1);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 5, 12, 5);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addLayout(m_words, 1);
    row->addWidget(m_action);
    setMinimumHeight(theme.px(40));

    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(&theme, &Theme::changed, this, &Banner::dress);
}

void Banner::setBanner(const Look &look, const QString &head, const QString &sentence)
{
    m_look = look;
    m_head->setText(head);
    m_head->setVisible(!head.isEmpty());
    m_sentence->setText(sentence);
    dress();
}

void Banner::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setAccessibleName(text);
    m_action->setVisible(!text.isEmpty());
}

void Banner::resizeEvent(QResizeEvent *event)
{
    const bool isWide = width() >= m_theme.px(WideWidth);
    m_words->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_words->setSpacing(isWide ? 8 : 0);
    m_head->setWordWrap(!isWide);
    QFrame::resizeEvent(event);
}

// Said once when it appears, not at each of its changes.
void Banner::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    QAccessibleEvent alert(m_sentence, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::dress()
{
    setLook(*this, "tone", m_look.tone);
    style()->unpolish(m_action); // its rules name the tone of the strip
    style()->polish(m_action);
    setMinimumHeight(m_theme.px(40));
    if (!m_look.icon.isEmpty()) {
        m_icon->setPixmap(m_theme.pixmap(m_look.icon, inkOf(m_theme.tokens(), m_look.tone),
                                         m_theme.px(16), devicePixelRatioF()));
    }
}

} // namespace parlour::widgets
