// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/privacy_strip.h"

#include "chat/safety_number.h"

using namespace Qt::StringLiterals;

namespace parlour::widgets {

PrivacyStrip::PrivacyStrip(const Theme &theme, QWidget *parent)
    : Banner(theme, parent)
{
    setName(tr("Privacy"));
    connect(this, &Banner::actionTriggered, this, [this] {
        m_seen.insert(m_id);
        tell();
    });
    hide();
}

void PrivacyStrip::setLink(const QString &hostId, const QString &hostTitle, const chat::Link &link)
{
    if (hostId == m_id && hostTitle == m_host && link == m_link)
        return;
    m_id = hostId;
    m_host = hostTitle;
    m_link = link;
    tell();
}

void PrivacyStrip::tell()
{
    const bool isOnline = !m_id.isEmpty() && m_link.state == chat::LinkState::Online;
    const bool isFirst = isOnline && m_link.isNewKey && !m_seen.contains(m_id);
    if (isOnline && m_link.isReadable) {
        setBanner({.tone = u"warn"_s, .icon = u"alert"_s}, tr("Not encrypted"),
                  tr("Anyone on the network between you and %1 can read along.").arg(m_host));
        setAction({});
    } else if (isFirst) {
        setBanner({.tone = u"quiet"_s, .icon = u"lock"_s}, tr("Encrypted, first visit"),
                  tr("Safety number %1. Whoever hosts %2 sees the same one if nobody reads along.")
                      .arg(chat::safetyNumber(m_link.key.fingerprint), m_host));
        setAction(tr("Got it"));
    }
    setVisible(isOnline && (m_link.isReadable || isFirst));
}

} // namespace parlour::widgets
