// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/catch_up_strip.h"

#include "widgets/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

CatchUpStrip::CatchUpStrip(const Theme &theme, QWidget *parent)
    : Banner(theme, parent)
    , m_theme(theme)
{
    setName(tr("Catching up"));
    hide();
}

void CatchUpStrip::setProgress(qint64 done, qint64 total)
{
    const bool isDone = done >= total;
    if (!isDone) {
        const QLocale locale;
        m_share = std::clamp(double(done) / double(total), 0.0, 1.0);
        setBanner({.tone = u"acc"_s, .icon = u"download"_s}, tr("Catching up"),
                  tr("%1 of %2 messages").arg(locale.toString(done), locale.toString(total)));
        update();
    }
    setVisible(!isDone);
}

void CatchUpStrip::paintEvent(QPaintEvent *event)
{
    Banner::paintEvent(event);
    const int line = m_theme.px(2);
    QRect edge(0, height() - line, width(), line);
    QPainter painter(this);
    painter.fillRect(edge, m_theme.tokens().accline);
    edge.setWidth(qRound(width() * m_share));
    if (isRightToLeft())
        edge.moveRight(width() - 1);
    painter.fillRect(edge, m_theme.tokens().acc);
}

} // namespace parlour::widgets
