// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/composer_bar.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

ComposerBar::ComposerBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_mark(new QLabel(this))
    , m_words(new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Elide, this))
    , m_cancel(makeTool(theme, u"x"_s, tr("Cancel"), this))
{
    m_words->setTone(u"text2"_s);
    m_words->setAccessibleName(tr("What is written"));
    m_cancel->setToolTip(tr("Cancel (Esc)"));
    setLook(*m_cancel, "scale", u"strip"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 0, 4);
    row->addWidget(m_mark);
    row->addWidget(m_words, 1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, &ComposerBar::cancelled);
    connect(&theme, &Theme::changed, this, &ComposerBar::restyle);
    hide();
}

void ComposerBar::show(const QString &icon, const QString &words)
{
    m_icon = icon;
    m_words->setText(words);
    restyle();
    setVisible(true);
}

void ComposerBar::restyle()
{
    if (m_icon.isEmpty())
        return;
    m_mark->setPixmap(
        m_theme.pixmap(m_icon, m_theme.tokens().acc, m_theme.px(16), devicePixelRatioF()));
    m_cancel->setIconSize(QSize(m_theme.px(16), m_theme.px(16)));
}

} // namespace parlour::widgets
