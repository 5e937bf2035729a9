// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/monitor/table_page.h"

class QPushButton;

namespace parlour::models {
class ConnectionTableModel;
}

namespace parlour::widgets::monitor {

/// The table of connections. A chosen one can be measured, and closed where that is allowed.
class ConnectionsPage : public TablePage
{
    Q_OBJECT
public:
    ConnectionsPage(const Theme &theme, models::ConnectionTableModel &connections);

    void setReadOnly(bool isReadOnly);
    /// Whether the host can be asked at all.
    void setOnline(bool isOnline);

Q_SIGNALS:
    void closeRequested(quint64 connection);
    void pingRequested(quint64 connection);

private:
    quint64 chosen() const; ///< 0: none
    void updateActions();
    void askToClose();

    const models::ConnectionTableModel &m_connections;
    QPushButton *m_ping;
    QPushButton *m_close;
    bool m_isReadOnly = true;
    bool m_isOnline = false;
};

} // namespace parlour::widgets::monitor
