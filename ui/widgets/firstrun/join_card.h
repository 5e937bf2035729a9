// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/firstrun/card.h"
#include "widgets/firstrun/recent_hosts.h"

class QLineEdit;
class QPushButton;

namespace parlour::widgets {

/// Join a room: the hosts of before, and a field for any address.
class JoinCard final : public Card
{
    Q_OBJECT
public:
    explicit JoinCard(const Theme &theme, QWidget *parent = nullptr);

    void setRecentHosts(const QList<RecentHost> &hosts);
    void setAddress(const QString &address);
    void setJoinProblem(const QString &sentence);
    void setWaiting(bool isJoining, bool isEnabled);

Q_SIGNALS:
    void joinRequested(const QString &address);

private:
    void join();
    void enableJoin();

    TextLabel *m_caption;
    RecentHosts *m_recent;
    QLineEdit *m_address;
    QPushButton *m_join;
    bool m_isEnabled = true;
};

} // namespace parlour::widgets
