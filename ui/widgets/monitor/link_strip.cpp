// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/link_strip.h"

#include "models/monitor/format.h"
#include "widgets/monitor/parts.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::LinkState;

LinkStrip::LinkStrip(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_words(makeLabel(theme, Theme::Type::Small))
    , m_retry(new QPushButton(tr("Retry now")))
{
    setObjectName(u"strip"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(12);
    m_words->setAccessibleName(tr("Connection state"));
    m_words->setWordWrap(true);
    m_retry->setAccessibleName(tr("Retry now"));
    m_retry->setProperty("scale", u"strip"_s);
    row->addWidget(m_words, 1);
    row->addWidget(m_retry);
    setMinimumHeight(theme.px(40));
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &LinkStrip::count);
    connect(m_retry, &QPushButton::clicked, this, &LinkStrip::retryRequested);
    hide();
}

void LinkStrip::showTrouble(const chat::Link &link, qint64 lastData)
{
    m_link = link;
    m_lastData = lastData;
    m_since.start();
    setTone(this, link.state == LinkState::Refused ? "bad" : "warn");
    setTone(m_words, link.state == LinkState::Refused ? "bad" : "warn");
    m_retry->setVisible(link.state != LinkState::Connecting);
    setCounting(link.state == LinkState::Waiting);
    count();
    show();
}

void LinkStrip::showRefusal(const QString &problem)
{
    setCounting(false);
    setTone(this, "bad");
    setTone(m_words, "bad");
    m_words->setText(problem);
    m_retry->hide();
    show();
}

void LinkStrip::showNothing()
{
    setCounting(false);
    hide();
}

void LinkStrip::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_isSeen = true;
    if (m_counts)
        count();
    setCounting(m_counts);
}

void LinkStrip::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_isSeen = false;
    m_tick.stop();
}

void LinkStrip::setCounting(bool counts)
{
    m_counts = counts;
    if (!m_counts || !m_isSeen)
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start();
}

void LinkStrip::count()
{
    QStringList words;
    words << (m_link.problem.isEmpty() ? tr("There is no connection to the host.")
                                       : m_link.problem);
    if (m_lastData > 0)
        words << tr("The numbers are from %1.")
                     .arg(models::formatClock(m_lastData, QDateTime::currentMSecsSinceEpoch()));
    if (m_link.state == LinkState::Connecting)
        words << tr("Connecting…");
    if (m_link.state == LinkState::Waiting) {
        const qint64 left = m_link.retryIn.count() - m_since.elapsed();
        if (left > 0)
            words << tr("Next try in %1 s.").arg((left + 999) / 1000);
    }
    m_words->setText(words.join(u' '));
}

} // namespace parlour::widgets::monitor
