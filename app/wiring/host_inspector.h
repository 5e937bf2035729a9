// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/inspector.h"
#include "chat/room_bridge.h"
#include "net/server.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTimer>

namespace parlour::wiring {

/// What a monitor may see of a host: the server's connections beside the layer's channels. Lives in
/// the server thread.
class HostInspector final : public channels::Inspector
{
    Q_OBJECT
public:
    /// The layer outlives this; the server is named later, since it is made of an application that
    /// has this inspector.
    explicit HostInspector(channels::ChannelLayer &layer, QObject *parent = nullptr);

    /// `server` outlives every snapshot.
    void setServer(server::Server &server) { m_server = &server; }

    /// `bridge` outlives every snapshot; without one the host shares its rooms with nobody.
    void setBridge(const chat::RoomBridge &bridge) { m_bridge = &bridge; }

    /// When the certificate ends that new connections are shown.
    void setTlsExpiry(const QDateTime &expiry) { m_tlsExpiry = expiry.toMSecsSinceEpoch(); }

    channels::Snapshot snapshot() const override;
    std::optional<channels::BridgeInfo> bridge() const override;
    channels::Expected<void> ping(quint64 connection) override;
    channels::Expected<void> close(quint64 connection, int code, const QString &reason) override;

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    void forward(const channels::Activity &report);
    void measureLag();

    channels::ChannelLayer &m_layer;
    server::Server *m_server = nullptr;
    const chat::RoomBridge *m_bridge = nullptr;
    QMetaObject::Connection m_activity;
    qint64 m_started;
    qint64 m_tlsExpiry = 0; ///< ms UTC; 0: no TLS

    // How late a timer comes is how long the loop was busy; measured only while somebody looks.
    mutable QTimer m_lagTimer;
    mutable QDeadlineTimer m_watchedUntil;
    QElapsedTimer m_sinceTick;
    QElapsedTimer m_sinceWorst;
    double m_worstLagMs = 0;
};

} // namespace parlour::wiring
