// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"

#include <QMap>
#include <QStringList>
#include <QVariantMap>

#include <functional>
#include <map>
#include <memory>

namespace parlour::channels {

/// One entry of Django's CHANNEL_LAYERS.
struct ChannelLayerSettings {
    QString alias = QStringLiteral("default");
    QString backend = QStringLiteral("memory");
    ChannelLayerOptions options = {};
    /// What only this backend knows (hosts, prefix, keys), under its own names.
    QVariantMap config = {};
};

/// The channel layers of a program by alias: the twin of CHANNEL_LAYERS. Knows the backend
/// "memory"; others are added by whoever links them. Owns the layers; lives in their thread, and
/// outlives their users. Counterpart: channels.layers.ChannelLayerManager.
class ChannelLayers
{
public:
    /// Makes a layer. Fails where the settings have something that the backend does not know.
    using Backend =
        std::function<Expected<std::unique_ptr<ChannelLayer>>(const ChannelLayerSettings &)>;

    ChannelLayers();

    /// Adds a kind of layer, or replaces one for the layers that are still to be made.
    void addBackend(const QString &name, const Backend &backend);
    /// Makes a layer. Fails for an alias that is taken (alias_in_use), an unknown backend
    /// (unknown_backend), and as the backend does.
    Expected<void> add(const ChannelLayerSettings &settings);

    /// Null: there is none of that alias.
    ChannelLayer *layer(const QString &alias = QStringLiteral("default")) const;
    QStringList aliases() const;
    /// Delivers what waits in every layer; for a server's end of turn.
    void deliverPending();

private:
    QMap<QString, Backend> m_backends;
    std::map<QString, std::unique_ptr<ChannelLayer>> m_layers;
};

} // namespace parlour::channels
