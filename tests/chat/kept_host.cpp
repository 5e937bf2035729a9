// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "kept_host.h"

#include "channels/testing/waiting.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::tests {

using namespace chat;
using channels::BridgeInfo;

namespace {

BridgeOptions quick(const channels::Clock &clock, const PeerLogOptions &logs)
{
    BridgeOptions options;
    options.clock = clock;
    options.logs = logs;
    options.logs.heartbeat = 5ms;
    options.logs.messagesAtOnce = 7;
    return options;
}

} // namespace

struct KeptHost::Life {
    explicit Life(KeptHost &host)
        : house({}, host.disk, host.store)
        , bridge(house, host.local, host.way, host.disk, host.options)
    {
    }
    House house;
    RoomBridge bridge;
    std::unique_ptr<Stay> stay; ///< of somebody in the room
};

KeptHost::KeptHost(channels::ChannelLayer &common, const channels::Clock &clock,
                   const PeerLogOptions &logs)
    : way(common)
    , options(quick(clock, logs))
    , log(local, {.messagesPerRoom = 1000})
    , disk(log)
{
    start();
}

KeptHost::~KeptHost() = default;

void KeptHost::start()
{
    life = std::make_unique<Life>(*this);
    come();
}

void KeptHost::come()
{
    auto arrival = house().people().arrive(HelloFrame{u"Guest"_s, {}, u"app"_s, {}}, false);
    life->stay = std::move(arrival->stay);
    house().rooms().find(u"general"_s)->enter(life->stay->presence());
}

void KeptHost::leave()
{
    house().rooms().find(u"general"_s)->leave(life->stay->presence());
    life->stay.reset();
}

void KeptHost::kill()
{
    way.setState(BridgeInfo::State::Away);
    life.reset();
}

QString KeptHost::say(const QString &text, const Sender &sender)
{
    Utterance said = utterance(newUuid(), text);
    said.sender = sender;
    return post(log, said).id;
}

QString KeptHost::make(Change change, const Sender &by)
{
    change.by = by;
    const auto changed = tryToChange(log, change);
    return changed ? QString() : changed.error().code;
}

QStringList KeptHost::state()
{
    QStringList lines;
    const QList<ChatMessage> messages = last(log, 1000).messages;
    for (const ChatMessage &message : messages) {
        QStringList reactions;
        for (const Reaction &reaction : message.reactions) {
            for (const Sender &person : reaction.people)
                reactions.append(reaction.emoji + person.id);
        }
        reactions.sort();
        lines.append(message.id
                     + (message.isDeleted ? u" deleted "_s : u" \"%1\" "_s.arg(message.text))
                     + QString::number(message.edited) + u' ' + reactions.join(u' '));
    }
    lines.sort();
    return lines;
}

House &KeptHost::house()
{
    return life->house;
}

std::unique_ptr<Stay> KeptHost::arrive(const QByteArray &key)
{
    HelloFrame hello{u"Ann"_s, {}, u"app"_s, {}};
    hello.key = key;
    auto arrival = house().people().arrive(hello, false);
    return arrival ? std::move(arrival->stay) : nullptr;
}

KeptHosts::KeptHosts()
    : north(common, clock)
    , south(common, clock)
{
}

bool KeptHosts::areSame()
{
    const bool areSame = channels::waitFor([&] { return north.state() == south.state(); }, 30s);
    state = south.state();
    return areSame;
}

QString KeptHosts::saidOnBoth(const QString &text)
{
    const QString id = north.say(text);
    (void)areSame();
    return id;
}

} // namespace parlour::tests
