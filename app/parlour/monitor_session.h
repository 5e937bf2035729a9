// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monitor_client.h"
#include "widgets/monitor/monitor_window.h"

#include <QObject>

namespace parlour {

/// One host, watched: its feed beside the window that shows it. Lives in the window's thread.
class MonitorSession final : public QObject
{
    Q_OBJECT
public:
    MonitorSession(const widgets::Theme &theme, const client::HostAddress &address,
                   const QByteArray &ownerToken, const client::KeyTrust &trust,
                   const QString &title, QObject *parent = nullptr);

    const client::HostAddress &address() const { return m_client.address(); }
    void show();
    /// The host is this app's: how it shares its rooms can be changed from the monitor.
    void setOwn(bool isOwn) { m_window.setOwn(isOwn); }

Q_SIGNALS:
    /// The window was closed: nothing is watched any more.
    void closed();
    void bridgeSettingsRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    client::MonitorClient m_client;
    widgets::MonitorWindow m_window;
};

} // namespace parlour
