// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/link_strip.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

LinkStrip::LinkStrip(const Theme &theme, QWidget *parent)
    : Banner(theme, parent)
{
    setName(tr("Connection state"));
    m_change.setSingleShot(true);
    m_appear.setInterval(Patience);
    m_appear.setSingleShot(true);
    connect(&m_change, &QTimer::timeout, this, &LinkStrip::tell);
    connect(&m_appear, &QTimer::timeout, this, &QWidget::show);
    connect(this, &Banner::actionTriggered, this, [this] {
        if (m_link.keyBefore)
            Q_EMIT compareRequested();
        else
            Q_EMIT retryRequested();
    });
    hide();
    tell();
}

void LinkStrip::setLink(const QString &hostTitle, const chat::Link &link)
{
    const bool isOtherHost = hostTitle != m_host;
    m_host = hostTitle;
    m_link = link;
    m_since.start();
    tell();
    if (link.state == chat::LinkState::Online || hostTitle.isEmpty()) {
        m_appear.stop();
        hide();
    } else if (link.state == chat::LinkState::Refused || link.state == chat::LinkState::Offline) {
        m_appear.stop();
        show();
    } else if (isHidden() || isOtherHost) {
        hide();
        if (!m_appear.isActive()) {
            m_appear.start();
        }
    }
}

void LinkStrip::setKept(int messages)
{
    if (std::exchange(m_kept, messages) != messages)
        tell();
}

void LinkStrip::showEvent(QShowEvent *event)
{
    Banner::showEvent(event);
    m_isSeen = true;
    tell();
}

void LinkStrip::hideEvent(QHideEvent *event)
{
    Banner::hideEvent(event);
    m_isSeen = false;
    m_change.stop();
}

void LinkStrip::tell()
{
    const bool wasThere = m_link.lostAt > 0;
    m_change.stop();
    switch (m_link.state) {
    case chat::LinkState::Online:
        setBanner({.tone = u"quiet"_s, .icon = u"wifi"_s}, {}, tr("Connected"));
        setAction({});
        break;
    case chat::LinkState::Offline:
        setBanner({.tone = u"quiet"_s, .icon = u"wifioff"_s},
                  m_host.isEmpty() ? QString() : tr("Not connected to %1").arg(m_host),
                  m_link.problem.isEmpty() && m_host.isEmpty() ? tr("Not connected")
                                                               : m_link.problem);
        setAction(tr("Connect"));
        break;
    case chat::LinkState::Connecting:
        setBanner({.tone = u"warn"_s, .icon = u"refresh"_s},
                  wasThere ? tr("Reconnecting to %1").arg(m_host)
                           : tr("Connecting to %1").arg(m_host),
                  withKept(m_link.problem.isEmpty() ? tr("Connecting…") : m_link.problem));
        setAction({});
        break;
    case chat::LinkState::Waiting:
        setBanner({.tone = u"warn"_s, .icon = u"refresh"_s},
                  wasThere ? tr("Reconnecting to %1").arg(m_host)
                           : tr("Connecting to %1").arg(m_host),
                  withKept(waitingSentence()));
        setAction(tr("Retry now"));
        break;
    case chat::LinkState::Refused:
        setBanner({.tone = u"bad"_s, .icon = u"error"_s},
                  m_link.keyBefore ? tr("%1 shows another key").arg(m_host)
                                   : tr("%1 does not let you in").arg(m_host),
                  m_link.problem);
        setAction(m_link.keyBefore ? tr("Compare…") : tr("Try again"));
        break;
    }
}

/// To be said again when the number in it changes.
QString LinkStrip::waitingSentence()
{
    const qint64 left = m_link.retryIn.count() - (m_since.isValid() ? m_since.elapsed() : 0);
    const int seconds = static_cast<int>((qMax<qint64>(0, left) + 999) / 1000);
    if (left > 0 && m_isSeen)
        m_change.start(static_cast<int>((left - 1) % 1000 + 1));
    const QString next =
        seconds > 0 ? tr("Next try in %n s.", nullptr, seconds) : tr("Trying now.");
    return m_link.problem.isEmpty() ? next : next + u' ' + m_link.problem;
}

QString LinkStrip::withKept(const QString &sentence) const
{
    if (m_kept == 0)
        return sentence;
    return sentence + u' ' + tr("%n messages are kept and will go out in order.", nullptr, m_kept);
}

} // namespace parlour::widgets
