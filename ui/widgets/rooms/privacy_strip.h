// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "widgets/common/banner.h"

#include <QSet>

namespace parlour::widgets {

/// Who else could read what is said to the shown host: that the connection is not encrypted, as
/// long as it is so; or, at the first visit, the number to compare, until a person has seen it.
class PrivacyStrip final : public Banner
{
    Q_OBJECT
public:
    explicit PrivacyStrip(const Theme &theme, QWidget *parent = nullptr);

    /// `hostId` empty: no host is shown.
    void setLink(const QString &hostId, const QString &hostTitle, const chat::Link &link);

private:
    void tell();

    QString m_id;
    QString m_host;
    chat::Link m_link;
    QSet<QString> m_seen; ///< hosts whose number a person has seen
};

} // namespace parlour::widgets
