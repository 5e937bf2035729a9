// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// How another device of the person gets in.
#include "client/host_client.h"

namespace parlour::client {

using namespace Qt::StringLiterals;

void HostClient::startLinking()
{
    m_linkAnswer.setSingleShot(true);
    m_linkAnswer.setInterval(m_options.acknowledgeTimeout);
    // A host of before links does not know what it is asked.
    connect(&m_linkAnswer, &QTimer::timeout, this, [this] {
        failLink(u"not_answered"_s,
                 tr("The host did not answer. It may be an older one, where every device is a "
                    "person of its own."));
    });
}

void HostClient::requestLink()
{
    if (m_linkAnswer.isActive())
        return;
    if (send(chat::LinkFrame{}))
        m_linkAnswer.start();
    else
        failLink(u"offline"_s,
                 tr("There is no connection to the host. Try again when it is back."));
}

void HostClient::failLink(const QString &code, const QString &why)
{
    m_linkAnswer.stop();
    Q_EMIT linkFailed({code, why, {}, {}, 0});
}

void HostClient::handle(const chat::LinkedFrame &frame)
{
    if (!m_linkAnswer.isActive())
        return;
    m_linkAnswer.stop();
    Q_EMIT linked(frame.code, frame.lifetime);
}

} // namespace parlour::client
