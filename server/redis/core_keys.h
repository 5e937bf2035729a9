// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace parlour::redis {

/// How the core layer's keys and names are made. A value.
struct CoreKeys {
    QString prefix; ///< of everything in Redis: "asgi"
    QString process; ///< the client prefix: 32 hex digits

    /// The beginning of the names of this process' channels, up to the '!'.
    QString inbox(const QString &namePrefix = QStringLiteral("specific")) const;
    QByteArray group(const QString &name) const;
    /// Where the messages of a channel lie, or of all channels of an inbox.
    QByteArray messages(const QString &channel) const;
    /// The shared channel whose messages lie there. Empty: it is no key of this layer.
    QString sharedChannel(const QByteArray &key) const;

    /// A channel of this process.
    bool isOwn(const QString &channel) const;
    /// Whether a key has one of the shapes that only this kind of layer gives to its keys: a group,
    /// an inbox, an inbox's messages in flight.
    bool isShapedAsOurs(const QByteArray &key) const;
};

/// The part of a channel's name up to its '!', which names its process' inbox; the whole name of a
/// channel without one. By this part hosts are chosen, here always, in channels_redis only by
/// readers and group_send(): its send() takes the whole name and so misses the reader where
/// there are several hosts.
QString inboxOf(const QString &channel);

/// The process in a channel's or an inbox's name: "9f…" in "specific.9f…!ab…". Empty: in none.
QString processOf(const QString &channel);

} // namespace parlour::redis
