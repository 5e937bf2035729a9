// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace parlour::widgets {

/// How a person wants a host's rooms to be shared with Django sites and other hosts: the words of
/// CHANNEL_LAYERS.
struct BridgeChoice {
    enum class Backend {
        PubSub, ///< channels_redis.pubsub.RedisPubSubChannelLayer
        Core, ///< channels_redis.core.RedisChannelLayer
    };

    bool isOn = false;
    QString addresses = {}; ///< of Redis servers, as typed; several are apart by spaces
    Backend backend = Backend::PubSub;
    QString prefix = QStringLiteral("asgi");
    int capacity = 100; ///< messages that wait for one reader
    int expiry = 60; ///< s that a message is kept
    QString key = {}; ///< that encrypts the messages; empty: none

    friend bool operator==(const BridgeChoice &, const BridgeChoice &) = default;
};

/// What the sheet for it says beside the choice.
struct BridgeNotes {
    bool isHosting = false; ///< a change waits until the person hosts again
    bool isOverruled = false; ///< the command line says how rooms are shared
    std::optional<int> capacity = {}; ///< that the command line gives
    std::optional<int> expiry = {}; ///< the same, in s
};

} // namespace parlour::widgets

Q_DECLARE_METATYPE(parlour::widgets::BridgeChoice)
