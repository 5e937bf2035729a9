// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/empty_note.h"

#include "widgets/theme/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace parlour::widgets {

namespace {

QPixmap discWith(const QString &icon, const Theme &theme, qreal ratio)
{
    const int diameter = theme.px(72);
    const int inner = theme.px(32);
    QPixmap disc(QSize(diameter, diameter) * ratio);
    disc.setDevicePixelRatio(ratio);
    disc.fill(Qt::transparent);
    QPainter painter(&disc);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tokens().accsoft);
    painter.drawEllipse(0, 0, diameter, diameter);
    const int at = (diameter - inner) / 2;
    painter.drawPixmap(at, at, theme.pixmap(icon, theme.tokens().acc, inner, ratio));
    return disc;
}

QLabel *centredLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setAlignment(Qt::AlignCenter);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

EmptyNote::EmptyNote(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_disc(centredLabel(this))
    , m_heading(centredLabel(this))
    , m_sentence(centredLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 12);
    column->setSpacing(8);
    column->addStretch();
    column->addWidget(m_disc);
    column->addSpacing(8);
    column->addWidget(m_heading);
    column->addWidget(m_sentence);
    column->addStretch();
    m_sentence->setProperty("tone", QStringLiteral("text2"));
    connect(&theme, &Theme::changed, this, &EmptyNote::restyle);
    restyle();
}

void EmptyNote::setWords(const QString &icon, const QString &heading, const QString &sentence)
{
    m_icon = icon;
    m_heading->setText(heading);
    m_sentence->setText(sentence);
    m_disc->setVisible(!icon.isEmpty());
    m_heading->setVisible(!heading.isEmpty());
    restyle();
}

void EmptyNote::restyle()
{
    m_heading->setFont(m_theme.font(Theme::Type::Heading));
    m_sentence->setFont(m_theme.font(Theme::Type::Body));
    if (!m_icon.isEmpty())
        m_disc->setPixmap(discWith(m_icon, m_theme, devicePixelRatioF()));
}

} // namespace parlour::widgets
