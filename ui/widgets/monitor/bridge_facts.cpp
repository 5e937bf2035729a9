// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/bridge_facts.h"

#include "models/monitor/bridge_model.h"
#include "models/monitor/format.h"
#include "widgets/monitor/parts.h"

#include <QLabel>
#include <QVBoxLayout>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using channels::BridgeInfo;
using models::CellTone;

namespace {

/// The backend of Django's CHANNEL_LAYERS that speaks the same way.
QString backendOf(const QString &layer)
{
    if (layer == "redis-pubsub"_L1)
        return u"channels_redis.pubsub"_s;
    return layer == "redis-core"_L1 ? u"channels_redis.core"_s : models::oneLine(layer);
}

QString serversOf(const BridgeInfo &bridge)
{
    return bridge.hosts.size() == 1
        ? models::oneLine(bridge.hosts.constFirst().address)
        : BridgeFacts::tr("%n server(s)", nullptr, int(bridge.hosts.size()));
}

} // namespace

BridgeFacts::BridgeFacts(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_server(new Fact(theme, tr("Server"), true))
    , m_layer(new Fact(theme, tr("Layer"), true))
    , m_prefix(new Fact(theme, tr("Prefix"), true))
    , m_link(new Fact(theme, tr("Encrypted link"), false))
    , m_messages(new Fact(theme, tr("Encrypted messages"), false))
    , m_channel(new Fact(theme, tr("Own receive list"), true))
    , m_counts(new Fact(theme, tr("Sent, received"), false))
    , m_peers(new Fact(theme, tr("Other hosts there"), false))
{
    setProperty("card", u"true"_s);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 10, 16, 10);
    rows->setSpacing(0);
    auto *title = makeLabel(theme, Theme::Type::Strong);
    title->setText(tr("Link"));
    rows->addWidget(title);
    for (Fact *fact :
         {m_server, m_layer, m_prefix, m_link, m_messages, m_channel, m_counts, m_peers})
        rows->addWidget(fact);
    rows->addStretch();
}

void BridgeFacts::show(const models::BridgeModel &model)
{
    if (!model.bridge())
        return;
    const BridgeInfo &bridge = *model.bridge();
    m_server->setValue(serversOf(bridge));
    m_layer->setValue(backendOf(bridge.layer));
    m_prefix->setValue(models::oneLine(bridge.prefix));
    m_link->setValue(model.linkSecrecy(), model.linkSecrecyTone());
    m_messages->setValue(bridge.encrypted ? tr("Yes", "encrypted") : tr("No", "encrypted"),
                         bridge.encrypted ? CellTone::Good : CellTone::Plain);
    m_channel->setValue(models::oneLine(bridge.ownChannel));
    m_channel->setVisible(!bridge.ownChannel.isEmpty());
    m_counts->setValue(tr("%1 / %2", "messages sent, received")
                           .arg(models::formatNumber(bridge.messagesOut),
                                models::formatNumber(bridge.messagesIn)));
    m_peers->setValue(models::formatNumber(bridge.peers));
}

} // namespace parlour::widgets::monitor
