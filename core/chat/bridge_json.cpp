// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/bridge_json.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::BridgeInfo;

namespace {

QString stateText(BridgeInfo::State state)
{
    switch (state) {
    case BridgeInfo::State::Up:
        return u"up"_s;
    case BridgeInfo::State::Away:
        return u"away"_s;
    case BridgeInfo::State::Connecting:
        break;
    }
    return u"connecting"_s;
}

BridgeInfo::State stateOf(const QString &text)
{
    if (text == "up"_L1)
        return BridgeInfo::State::Up;
    return text == "away"_L1 ? BridgeInfo::State::Away : BridgeInfo::State::Connecting;
}

BridgeInfo::Host readBridgeHost(const JsonReader &json)
{
    BridgeInfo::Host host;
    host.address = json.text("address");
    host.state = stateOf(json.text("state"));
    host.problem = json.text("problem");
    host.since = json.integer("since");
    host.nextTry = json.integer("nextTry");
    host.roundTripUs = json.smallInteger("roundTripUs", -1);
    host.reconnects = json.smallInteger("reconnects");
    return host;
}

void write(JsonWriter &json, const BridgeInfo::Host &host)
{
    json.beginObject()
        .field("address"_L1, host.address)
        .field("state"_L1, stateText(host.state))
        .field("problem"_L1, host.problem)
        .field("since"_L1, host.since)
        .field("nextTry"_L1, host.nextTry)
        .field("roundTripUs"_L1, host.roundTripUs)
        .field("reconnects"_L1, host.reconnects)
        .endObject();
}

} // namespace

BridgeInfo readBridge(const JsonReader &json)
{
    BridgeInfo info;
    info.layer = json.text("layer");
    info.prefix = json.text("prefix");
    info.encrypted = json.flag("encrypted");
    info.hosts = json.list("hosts", readBridgeHost);
    info.ownChannel = json.text("ownChannel");
    info.messagesIn = json.integer("messagesIn");
    info.messagesOut = json.integer("messagesOut");
    info.waiting = json.smallInteger("waiting");
    info.undecodable = json.integer("undecodable");
    json.object("notShared").forEachInteger([&](const QString &cause, qint64 count) {
        info.notShared.insert(cause, count);
    });
    info.peers = json.smallInteger("peers");
    return info;
}

void write(JsonWriter &json, const BridgeInfo &info)
{
    json.beginObject()
        .field("layer"_L1, info.layer)
        .field("prefix"_L1, info.prefix)
        .field("encrypted"_L1, info.encrypted)
        .key("hosts"_L1)
        .beginArray();
    for (const BridgeInfo::Host &host : info.hosts)
        write(json, host);
    json.endArray()
        .field("ownChannel"_L1, info.ownChannel)
        .field("messagesIn"_L1, info.messagesIn)
        .field("messagesOut"_L1, info.messagesOut)
        .field("waiting"_L1, info.waiting)
        .field("undecodable"_L1, info.undecodable)
        .key("notShared"_L1)
        .beginObject();
    for (auto it = info.notShared.cbegin(); it != info.notShared.cend(); ++it)
        json.key(it.key()).value(it.value());
    json.endObject().field("peers"_L1, info.peers).endObject();
}

} // namespace parlour::chat
