// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/bridge_strip.h"

using namespace Qt::StringLiterals;

namespace parlour::widgets {

BridgeStrip::BridgeStrip(const Theme &theme, QWidget *parent)
    : Banner(theme, parent)
{
    setName(tr("Other servers"));
    setBanner({.tone = u"warn"_s, .icon = u"refresh"_s},
              tr("Redis does not answer. The room goes on here."),
              tr("People on other servers get what you write when it is back."));
    m_appear.setInterval(Patience);
    m_appear.setSingleShot(true);
    connect(&m_appear, &QTimer::timeout, this, &QWidget::show);
    hide();
}

void BridgeStrip::setAway(bool isAway)
{
    if (!isAway) {
        m_appear.stop();
        hide();
    } else if (isHidden() && !m_appear.isActive()) {
        m_appear.start();
    }
}

} // namespace parlour::widgets
