// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "monitor_session.h"

#include <QCloseEvent>

namespace parlour {

using client::MonitorClient;
using widgets::MonitorWindow;

MonitorSession::MonitorSession(const widgets::Theme &theme, const client::HostAddress &address,
                               const QByteArray &ownerToken, const client::KeyTrust &trust,
                               const QString &title, QObject *parent)
    : QObject(parent)
    , m_client(address, ownerToken, trust)
    , m_window(theme)
{
    m_window.setAttribute(Qt::WA_QuitOnClose, false); // the main window is the app
    m_window.setHostTitle(title);
    m_window.installEventFilter(this);
    connect(&m_client, &MonitorClient::snapshot, &m_window, &MonitorWindow::setSnapshot);
    connect(&m_client, &MonitorClient::activity, &m_window, &MonitorWindow::addActivity);
    connect(&m_client, &MonitorClient::linkChanged, &m_window, &MonitorWindow::setLink);
    connect(&m_client, &MonitorClient::failed, &m_window, &MonitorWindow::showError);
    connect(&m_window, &MonitorWindow::watchRequested, &m_client, &MonitorClient::watch);
    connect(&m_window, &MonitorWindow::closeConnectionRequested, &m_client,
            &MonitorClient::closeConnection);
    connect(&m_window, &MonitorWindow::pingRequested, &m_client, &MonitorClient::ping);
    connect(&m_window, &MonitorWindow::retryRequested, &m_client, &MonitorClient::retryNow);
    connect(&m_window, &MonitorWindow::bridgeSettingsRequested, this,
            &MonitorSession::bridgeSettingsRequested);
    m_client.open();
}

void MonitorSession::show()
{
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

bool MonitorSession::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close)
        Q_EMIT closed();
    return QObject::eventFilter(watched, event);
}

} // namespace parlour
