// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// How the person goes on in a browser.
#include "desktop.h"
#include "widgets/shell/shell_sheets.h"

#include <QDesktopServices>
#include <QUrl>

namespace parlour {

using client::HostAddress;
using widgets::ShellSheets;

void Desktop::connectLinking()
{
    connect(&m_window.sheets(), &ShellSheets::linkRequested, this, [this](const QString &hostId) {
        if (const auto found = m_sessions.find(hostId); found != m_sessions.end())
            found->second->client().requestLink();
    });
    connect(&m_window.sheets(), &ShellSheets::pageRequested, this,
            [](const QString &address) { QDesktopServices::openUrl(QUrl(address)); });
}

void Desktop::showLink(HostSession &session, const QString &code,
                       std::chrono::milliseconds lifetime)
{
    HostAddress address = session.client().address();
    // The own host is called by the loopback address, which leads nowhere on another computer.
    if (session.id() == m_ownId)
        if (const auto told = HostAddress::parse(m_hosting.addresses().value(0)))
            address = *told;
    address.secure = address.secure || !session.client().link().key.fingerprint.isEmpty();
    const QUrl url = address.linkUrl(code, session.self().name);
    m_window.sheets().showLink(session.id(), url.toString(QUrl::FullyEncoded), lifetime,
                               address.isLoopback());
}

} // namespace parlour
