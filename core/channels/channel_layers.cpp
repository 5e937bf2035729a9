// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layers.h"

#include "channels/in_memory_channel_layer.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

Expected<std::unique_ptr<ChannelLayer>> makeInMemory(const ChannelLayerSettings &settings)
{
    if (!settings.config.isEmpty())
        return Error{
            u"unknown_setting"_s,
            u"the layer \"%1\" has a setting \"%2\" that the backend memory does not know"_s.arg(
                settings.alias, settings.config.firstKey())};
    return std::unique_ptr<ChannelLayer>(std::make_unique<InMemoryChannelLayer>(settings.options));
}

} // namespace

ChannelLayers::ChannelLayers()
{
    addBackend(u"memory"_s, makeInMemory);
}

void ChannelLayers::addBackend(const QString &name, const Backend &backend)
{
    m_backends.insert(name, backend);
}

Expected<void> ChannelLayers::add(const ChannelLayerSettings &settings)
{
    if (m_layers.contains(settings.alias))
        return Error{u"alias_in_use"_s,
                     u"there is a layer \"%1\" already; take another alias"_s.arg(settings.alias)};
    const auto backend = m_backends.constFind(settings.backend);
    if (backend == m_backends.cend())
        return Error{u"unknown_backend"_s,
                     u"the layer \"%1\" wants the backend \"%2\"; there are: %3"_s.arg(
                         settings.alias, settings.backend,
                         QStringList(m_backends.keyBegin(), m_backends.keyEnd()).join(u", "_s))};
    auto made = (*backend)(settings);
    if (!made)
        return made.error();
    m_layers.insert_or_assign(settings.alias, std::move(made).value());
    return {};
}

ChannelLayer *ChannelLayers::layer(const QString &alias) const
{
    const auto found = m_layers.find(alias);
    return found == m_layers.end() ? nullptr : found->second.get();
}

QStringList ChannelLayers::aliases() const
{
    QStringList names;
    for (const auto &[alias, layer] : m_layers)
        names.append(alias);
    return names;
}

void ChannelLayers::deliverPending()
{
    for (const auto &[alias, layer] : m_layers)
        layer->deliverPending();
}

} // namespace parlour::channels
