// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/empty_page.h"

#include "widgets/monitor/parts.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using chat::LinkState;

EmptyPage::EmptyPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel)
    , m_heading(makeLabel(theme, Theme::Type::Heading))
    , m_words(makeLabel(theme, Theme::Type::Body, "text2"))
    , m_retry(new QPushButton(tr("Retry now")))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 24, 24, 24);
    rows->setSpacing(12);
    m_icon->setAlignment(Qt::AlignCenter);
    m_heading->setAlignment(Qt::AlignCenter);
    m_heading->setWordWrap(true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_retry->setAccessibleName(tr("Try again"));
    rows->addStretch(2);
    rows->addWidget(m_icon);
    rows->addWidget(m_heading);
    rows->addWidget(m_words);
    rows->addWidget(m_retry, 0, Qt::AlignHCenter);
    rows->addStretch(3);
    connect(m_retry, &QPushButton::clicked, this, &EmptyPage::retryRequested);
    connect(&theme, &Theme::changed, this, &EmptyPage::drawIcon);
    showLink({});
}

void EmptyPage::showLink(const chat::Link &link)
{
    QString heading;
    QString words = link.problem;
    switch (link.state) {
    case LinkState::Offline:
        m_iconName = u"gauge"_s;
        heading = tr("Nothing to watch");
        if (words.isEmpty())
            words = tr("Host a room, or connect to a server you look after.");
        break;
    case LinkState::Connecting:
        m_iconName = u"gauge"_s;
        heading = tr("Connecting to the host");
        break;
    case LinkState::Online:
        m_iconName = u"gauge"_s;
        heading = tr("Waiting for the first numbers");
        break;
    case LinkState::Waiting:
        m_iconName = u"wifioff"_s;
        heading = tr("The host cannot be reached");
        break;
    case LinkState::Refused:
        m_iconName = u"lock"_s;
        heading = tr("This host cannot be watched");
        break;
    }
    m_heading->setText(heading);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_retry->setVisible(link.state == LinkState::Waiting || link.state == LinkState::Refused);
    drawIcon();
}

void EmptyPage::drawIcon()
{
    const int side = m_theme.px(72);
    const qreal ratio = devicePixelRatioF();
    QPixmap disc(QSize(side, side) * ratio);
    disc.setDevicePixelRatio(ratio);
    disc.fill(Qt::transparent);
    QPainter painter(&disc);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tokens().accsoft);
    painter.drawEllipse(QRectF(0, 0, side, side));
    const int icon = m_theme.px(24);
    painter.drawPixmap(QPoint((side - icon) / 2, (side - icon) / 2),
                       m_theme.pixmap(m_iconName, m_theme.tokens().acc, icon, ratio));
    painter.end();
    m_icon->setPixmap(disc);
}

} // namespace parlour::widgets::monitor
