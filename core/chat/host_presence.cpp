// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/host_presence.h"

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

/// A channel's name up to what tells its process: layers put that last but one, or last.
QString formOf(const QString &channel)
{
    const QString front = channel.section(u'!', 0, 0);
    return front.first(front.lastIndexOf(u'.') + 1);
}

} // namespace

HostPresence::HostPresence(House &house, channels::ChannelLayer &shared,
                           const PresenceOptions &options, const channels::Clock &clock)
    : m_house(house)
    , m_shared(shared)
    , m_options(options)
    , m_clock(clock)
    , m_channel(shared.newChannel(*this, QString(SharedPrefix)))
    , m_here(house.rooms(), options.changeDelay)
    , m_elsewhere(house, options.maxPeople)
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

// ---- what the others say ----

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
        host.arriving = Arriving{state.sequence, 0, 0, {}};
    auto &arriving = host.arriving;
    if (!arriving || arriving->sequence != state.sequence || arriving->next != state.part)
        return;
    arriving->people += peopleIn(state.rooms);
    if (arriving->people > m_options.maxPeople) {
        arriving.reset();
        return;
    }
    arriving->rooms += state.rooms;
    if (++arriving->next < state.parts)
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

void HostPresence::apply(const QString &id, const Host &host, const RoomPresence &room)
{
    for (const QString &gone : room.gone)
        m_elsewhere.leave(id, room.room, gone);
    for (Person person : room.here) {
        person.host = host.title;
        if (!m_elsewhere.enter(id, room.room, person))
            m_channel->countDropped(u"too_many_people"_s, {});
    }
}

void HostPresence::replace(const QString &id, const Host &host, const QList<RoomPresence> &rooms)
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

// ---- what the others are told ----

void HostPresence::setUp(bool isUp)
{
    if (!isUp) {
        m_upSince.reset();
        return;
    }
    if (m_upSince)
        return;
    m_upSince = m_clock();
    m_soundSince = m_clock();
    m_shared.whenJoined(QString(PresenceGroup), this, [this] { introduce(); });
}

/// The others may know nothing of this host, and this host nothing of them.
void HostPresence::introduce()
{
    say(PresenceAsk{});
    answer();
}

void HostPresence::answerSoon()
{
    const auto delay = std::chrono::milliseconds(m_nextAnswer.remainingTime());
    if (!m_answering.isActive())
        m_answering.start(std::max(delay, m_options.answerDelay));
}

void HostPresence::answer()
{
    m_nextAnswer.setRemainingTime(m_options.answerInterval);
    m_here.tellNow();
    sayAlive();
    const auto pieces = presencePieces(m_here.all());
    const int parts = int(pieces.size());
    for (int part = 0; part < parts; ++part)
        say(PresenceState{m_sequence, part, parts, pieces.at(part)});
}

void HostPresence::sayAlive()
{
    m_lastAlive = m_clock();
    say(PresenceAlive{m_house.info().title, m_channel->name(), m_sequence});
}

void HostPresence::tell(const QList<RoomPresence> &rooms)
{
    const auto pieces = presencePieces(rooms);
    for (const auto &piece : pieces)
        say(PresenceChanges{++m_sequence, piece});
}

// While the others are out of reach nothing is said: it would wait for them, and be old news. They
// get everything once they are back.
void HostPresence::say(const PresenceContent &content)
{
    if (m_upSince) {
        (void)m_shared.groupSend(QString(PresenceGroup),
                                 encodePresence({m_house.info().id, content}));
    }
}

// Who was cut off, was refused by the store or slept takes others for dead who live.
void HostPresence::lookAtOwnTrouble(Time now)
{
    qint64 lost = 0;
    bool isInTrouble = now - std::exchange(m_lastTick, now) > m_options.heartbeat;
    const auto bridge = m_shared.bridge().value_or(channels::BridgeInfo{});
    for (const auto &host : bridge.hosts)
        isInTrouble = isInTrouble || !host.problem.isEmpty();
    for (auto it = bridge.notShared.cbegin(); it != bridge.notShared.cend(); ++it) {
        if (it.key() != "capacity"_L1) // the inbox of a dead host is full
            lost += it.value();
    }
    if (std::exchange(m_lost, lost) != lost || isInTrouble)
        m_soundSince = now;
}

/// Whether a silent host's channels may be taken out of all groups. They have to be named like a
/// host's, so that nobody has us remove Django's by naming one of those and falling silent; a
/// host's that lives come back by themselves.
bool HostPresence::isSurelyDead(const QString &id, const Host &host) const
{
    if (!m_upSince || host.lastSign < m_soundSince || host.channel.isEmpty()
        || formOf(host.channel) != formOf(m_channel->name()))
        return false;
    return std::none_of(m_hosts.begin(), m_hosts.end(), [&](const auto &known) {
        return known.first != id && known.second.channel == host.channel;
    });
}

void HostPresence::tick()
{
    const Time now = m_clock();
    lookAtOwnTrouble(now);
    if (now - m_lastAlive >= m_options.heartbeat)
        sayAlive();
    for (auto known = m_hosts.begin(); known != m_hosts.end();) {
        const auto [id, host] = *known++;
        if (now + m_options.tick - host.lastSign <= m_options.deadAfter)
            continue; // there is another tick to wait for
        if (isSurelyDead(id, host))
            m_shared.forgetProcess(host.channel);
        forget(id);
    }
}

} // namespace parlour::chat
