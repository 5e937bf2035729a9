// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/host_presence.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::chat {

namespace {

constexpr auto AskInterval = 1s; ///< of one host

qsizetype peopleIn(const QList<RoomPresence> &rooms)
{
    qsizetype people = 0;
    for (const RoomPresence &room : rooms)
        people += room.here.size();
    return people;
}

} // namespace

HostPresence::HostPresence(House &house, channels::ChannelLayer &shared,
                           const PresenceOptions &options, const channels::Clock &clock)
    : m_house(house)
    , m_shared(shared)
    , m_options(options)
    , m_clock(clock)
    , m_channel(shared.newChannel(*this, QString(SharedPrefix)).value())
    , m_here(house.rooms(), options.changeDelay)
    , m_elsewhere(house, options.maxPeople)
    // None of this host's last life, so that whoever knew that one asks.
    , m_sequence(QDateTime::currentMSecsSinceEpoch())
    , m_lastTick(m_clock())
{
    m_channel->setConsumer(u"HostPresence"_s);
    (void)shared.groupAdd(QString(PresenceGroup), *m_channel);
    connect(&m_here, &HousePresence::changed, this, &HostPresence::tell);
    connect(&m_ticking, &QTimer::timeout, this, &HostPresence::tick);
    m_ticking.start(options.tick);
    m_answering.setSingleShot(true);
    connect(&m_answering, &QTimer::timeout, this, &HostPresence::answer);
}

HostPresence::~HostPresence()
{
    say(PresenceGoodbye{});
}

int HostPresence::hosts() const
{
    return int(std::count_if(m_hosts.begin(), m_hosts.end(),
                             [](const auto &known) { return !known.second.title.isEmpty(); }));
}

void HostPresence::receiveMessage(const channels::Message &message)
{
    const auto parsed = parsePresence(message);
    if (!parsed) {
        m_channel->countDropped(parsed.error().code, message);
        return;
    }
    const QString &id = parsed->host;
    if (id == m_house.info().id)
        return; // the own echo
    if (const auto *question = std::get_if<PresenceAsk>(&parsed->content)) {
        const bool isForUs = question->of.isEmpty() || question->of == m_house.info().id;
        if (isForUs)
            answerSoon();
        return;
    }
    if (std::holds_alternative<PresenceGoodbye>(parsed->content)) {
        forget(id);
        return;
    }
    Host *host = hostOf(*parsed);
    if (!host) {
        m_channel->countDropped(u"too_many_hosts"_s, message);
        return;
    }
    if (const auto *alive = std::get_if<PresenceAlive>(&parsed->content))
        hear(id, *host, *alive);
    else if (const auto *changes = std::get_if<PresenceChanges>(&parsed->content))
        hear(id, *host, *changes);
    else if (const auto *state = std::get_if<PresenceState>(&parsed->content))
        hear(id, *host, *state);
}

/// Whatever a host says, it lives. Null: there is no place for another one.
HostPresence::Host *HostPresence::hostOf(const PresenceMessage &message)
{
    const bool isKnown = m_hosts.find(message.host) != m_hosts.end();
    if (!isKnown && int(m_hosts.size()) >= m_options.maxHosts)
        return nullptr;
    Host &host = m_hosts[message.host];
    host.lastSign = m_clock();
    return &host;
}

void HostPresence::hear(const QString &id, Host &host, const PresenceAlive &alive)
{
    host.title = alive.title;
    host.channel = alive.channel;
    if (host.sequence != alive.sequence)
        ask(id, host);
}

void HostPresence::hear(const QString &id, Host &host, const PresenceChanges &changes)
{
    if (host.sequence >= 0 && changes.sequence <= host.sequence)
        return; // a state had it already
    if (host.sequence < 0 || changes.sequence != host.sequence + 1) {
        ask(id, host);
        return;
    }
    host.sequence = changes.sequence;
    for (const RoomPresence &room : changes.rooms)
        apply(id, host, room);
}

void HostPresence::hear(const QString &id, Host &host, const PresenceState &state)
{
    if (host.sequence == state.sequence)
        return; // somebody else had asked
    if (state.part == 0)
        host.arriving = Arriving{state.sequence, state.parts, 0, 0, {}};
    auto &arriving = host.arriving;
    if (!arriving || arriving->sequence != state.sequence || arriving->next != state.part)
        return;
    if (state.parts != arriving->parts
        || state.parts > m_options.maxPeople / MaxPresencePeople + 1) {
        arriving.reset();
        m_channel->countDropped(u"malformed"_s, {});
        return;
    }
    arriving->people += peopleIn(state.rooms);
    arriving->rooms += state.rooms;
    dropLargestStates();
    if (!arriving || ++arriving->next < arriving->parts)
        return;
    const Arriving whole = *std::exchange(arriving, std::nullopt);
    host.sequence = whole.sequence;
    replace(id, host, whole.rooms);
}

void HostPresence::ask(const QString &id, Host &host)
{
    if (host.asked && m_clock() - *host.asked < AskInterval)
        return;
    host.asked = m_clock();
    say(PresenceAsk{id});
}

// The largest goes first, so that nobody keeps the others' out by sending all parts but the last.
void HostPresence::dropLargestStates()
{
    const auto peopleOf = [](const auto &known) {
        return known.second.arriving ? known.second.arriving->people : 0;
    };
    qsizetype people = 0;
    for (const auto &known : m_hosts)
        people += peopleOf(known);
    while (people > m_options.maxPeople) {
        const auto largest =
            std::max_element(m_hosts.begin(), m_hosts.end(), [&](const auto &a, const auto &b) {
                return peopleOf(a) < peopleOf(b);
            });
        people -= peopleOf(*largest);
        largest->second.arriving.reset();
        m_channel->countDropped(u"too_many_people"_s, {});
    }
}

void HostPresence::apply(const QString &id, Host &host, const RoomPresence &room)
{
    for (const QString &gone : room.gone)
        m_elsewhere.leave(id, room.room, gone);
    for (Person person : room.here) {
        person.host = host.title;
        if (m_elsewhere.enter(id, room.room, person))
            continue;
        host.sequence = -1; // with its next sign of life the host is asked; there may be place then
        m_channel->countDropped(u"too_many_people"_s, {});
    }
}

void HostPresence::replace(const QString &id, Host &host, const QList<RoomPresence> &rooms)
{
    QHash<QString, QSet<QString>> there;
    for (const RoomPresence &room : rooms) {
        for (const Person &person : room.here)
            there[room.room].insert(person.id);
    }
    const QStringList known = m_elsewhere.rooms(id);
    for (const QString &room : known) {
        const QStringList ids = m_elsewhere.people(id, room);
        for (const QString &person : ids) {
            if (!there.value(room).contains(person))
                m_elsewhere.leave(id, room, person);
        }
    }
    for (const RoomPresence &room : rooms)
        apply(id, host, room);
}

void HostPresence::forget(const QString &id)
{
    m_hosts.erase(id);
    m_elsewhere.removeHost(id);
}

} // namespace parlour::chat
