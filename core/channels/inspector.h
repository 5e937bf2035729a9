// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/message.h"

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace parlour::channels {

/// One open connection, as the server sees it.
struct ConnectionInfo {
    quint64 id = 0;
    QString transport; ///< "websocket" or "http"
    bool secure = false;
    QString client; ///< address:port
    QString path;
    QString userAgent;
    QString subprotocol;
    qint64 since = 0; ///< ms UTC
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    int queuedMessages = 0; ///< not taken by the socket after the last write
    qint64 queuedBytes = 0;
    int roundTripMs = -1; ///< of the last ping; -1: not measured

    friend bool operator==(const ConnectionInfo &, const ConnectionInfo &) = default;
};

/// One channel of the layer.
struct ChannelInfo {
    QString name;
    QString kind; ///< "socket", "local", "worker", "redis"
    QString consumer; ///< class that reads it
    quint64 connection = 0; ///< 0: none
    QString person; ///< name to show; empty: not known (yet)
    QString personId;
    QStringList groups;
    int queued = 0;
    int capacity = 0;
    qint64 delivered = 0;
    qint64 dropped = 0;
    qint64 since = 0; ///< ms UTC

    friend bool operator==(const ChannelInfo &, const ChannelInfo &) = default;
};

/// One group and how busy it is. Its members are the channels that name it.
struct GroupInfo {
    QString name;
    int members = 0;
    qint64 messages = 0;
    qint64 lastMessage = 0; ///< ms UTC; 0: none yet

    friend bool operator==(const GroupInfo &, const GroupInfo &) = default;
};

/// What a host did since it started. Counters only grow.
struct Totals {
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 connectionsAccepted = 0;
    qint64 handshakesRefused = 0;
    QMap<QString, qint64> dropped; ///< by cause: capacity, rate, unregistered, forged, …
};

/// What carries a layer's messages between processes.
struct BridgeInfo {
    enum class State {
        Connecting, ///< not up yet, no trouble seen
        Up,
        Away, ///< lost, or never reached: tried again and again
    };
    /// One server of the store.
    struct Host {
        QString address; ///< as configured, without a password
        State state = State::Connecting;
        QString problem; ///< why it is away, in words; else empty
        qint64 since = 0; ///< ms UTC: this state began
        qint64 nextTry = 0; ///< ms UTC; 0: none is due
        int roundTripUs = -1; ///< of the last ping; -1: not measured
        int reconnects = 0;

        friend bool operator==(const Host &, const Host &) = default;
    };

    QString layer; ///< "redis-pubsub", "redis-core"
    QString prefix;
    bool encrypted = false; ///< the messages
    QList<Host> hosts;
    QString ownChannel; ///< where this process receives; empty: in its groups alone
    qint64 messagesIn = 0; ///< from other processes
    qint64 messagesOut = 0;
    int waiting = 0; ///< messages that wait for the store's return
    qint64 undecodable = 0; ///< messages of others that could not be read
    QMap<QString, qint64> notShared; ///< messages that others never got, or we did not, by cause
    int peers = 0; ///< other processes of our kind that are alive

    /// The worst of its hosts'.
    State state() const;
    friend bool operator==(const BridgeInfo &, const BridgeInfo &) = default;
};

struct Snapshot {
    qint64 time = 0; ///< ms UTC
    qint64 started = 0; ///< ms UTC
    QList<ConnectionInfo> connections;
    QList<ChannelInfo> channels;
    QList<GroupInfo> groups;
    Totals totals;
    double eventLoopLagMs = 0; ///< worst of the last second
    qint64 memoryBytes = -1; ///< resident; -1: not known
    qint64 tlsExpiry = 0; ///< ms UTC, when the host's certificate ends; 0: no TLS
    std::optional<BridgeInfo> bridge; ///< nothing: the host shares its rooms with no other process
};

/// One thing that just happened in a layer.
struct Activity {
    enum class Kind {
        ChannelOpened,
        ChannelClosed,
        GroupJoined,
        GroupLeft,
        Sent,
        Delivered,
        Dropped
    };

    qint64 time = 0; ///< ms UTC
    Kind kind = Kind::Sent;
    QString channel; ///< the channel concerned; Sent to a group: empty
    QString group; ///< the group concerned, where there is one
    Message message; ///< Sent, Delivered and Dropped
    int receivers = 0; ///< Delivered: how many channels got it
    QString cause; ///< Dropped: why
};

/// The monitor's view of a host, without knowing its server. While nobody is connected to
/// `activity`, it costs nothing. Lives in the server thread.
class Inspector : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual Snapshot snapshot() const = 0;
    /// As Snapshot::bridge, for less.
    virtual std::optional<BridgeInfo> bridge() const { return std::nullopt; }
    /// Measures a round trip; the result appears in a later snapshot. Fails for an unknown
    /// connection.
    virtual Expected<void> ping(quint64 connection) = 0;
    /// Closes that connection with a Close frame. Fails for an unknown connection.
    virtual Expected<void> close(quint64 connection, int code, const QString &reason) = 0;

Q_SIGNALS:
    void activity(const parlour::channels::Activity &activity);
};

} // namespace parlour::channels

Q_DECLARE_METATYPE(parlour::channels::Activity)
