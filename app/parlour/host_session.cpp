// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "host_session.h"

#include "models/room_tree_model.h"
#include "wiring/settings.h"

#include <QDateTime>
#include <QSet>

namespace parlour {

using chat::RoomState;
using client::HostClient;
using namespace Qt::StringLiterals;

HostSession::HostSession(const client::HostAddress &address, const client::ClientOptions &options,
                         models::RoomTreeModel &tree, wiring::Settings &settings, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_client(address, options)
    , m_tree(tree)
    , m_settings(settings)
{
    m_tree.addHost(id(), title());
    connect(&m_client, &HostClient::linkChanged, this, [this](chat::Link link) {
        link.retryIn = m_client.retryIn(); // as the strip above the room counts
        m_tree.setLink(id(), link);
        if (link.state != chat::LinkState::Online)
            loseLink();
        Q_EMIT linkChanged();
        Q_EMIT bridgeChanged();
    });
    connect(&m_client, &HostClient::welcomed, this, &HostSession::welcomed);
    connect(&m_client, &HostClient::renamed, this, &HostSession::setSelf);
    connect(&m_client, &HostClient::watchedChanged, this, [this](bool watched) {
        m_watched = watched;
        Q_EMIT watchedChanged();
    });
    connect(&m_client, &HostClient::sharedChanged, this, [this](bool isUp) {
        m_bridgeAway = !isUp;
        Q_EMIT bridgeChanged();
    });
    connect(&m_client, &HostClient::failed, this, &HostSession::failed);
    connectRooms();
    connectChanges();

    const QStringList earlier = m_settings.joinedRooms(id());
    for (const QString &room : earlier)
        m_client.join(room);
    if (!address.room.isEmpty() || earlier.isEmpty())
        m_client.join(address.room.isEmpty() ? u"general"_s : address.room);
}

void HostSession::end()
{
    disconnect(this, nullptr, nullptr, nullptr);
    m_client.close();
    m_tree.removeHost(id());
    deleteLater();
}

void HostSession::connectRooms()
{
    connect(&m_client, &HostClient::roomChanged, this, &HostSession::showRoom);
    connect(&m_client, &HostClient::roomClosed, this, [this](const QString &name) {
        if (!m_rooms.contains(name) && m_known.remove(name) > 0)
            m_tree.removeRoom(id(), name);
    });
    connect(&m_client, &HostClient::joined, this, &HostSession::joined);
    connect(&m_client, &HostClient::left, this, &HostSession::left);
    connect(&m_client, &HostClient::history, this, [this](const chat::HistoryFrame &history) {
        if (RoomSession *session = room(history.room))
            session->setHistory(history);
    });
    connect(&m_client, &HostClient::newerPage, this, [this](const client::HistoryPage &page) {
        if (RoomSession *session = room(page.room))
            session->messages().addNewer(page.at.number, RoomSession::pageOf(page));
    });
    connect(&m_client, &HostClient::pageAround, this, &HostSession::pageFound);
    connect(&m_client, &HostClient::catchingUp, this,
            [this](const QString &name, qint64 done, qint64 total) {
                if (RoomSession *session = room(name))
                    session->setProgress(done, total);
            });
    connect(&m_client, &HostClient::members, this, [this](const chat::MembersFrame &members) {
        if (RoomSession *session = room(members.room))
            session->apply(members);
    });
    connect(&m_client, &HostClient::message, this, [this](const chat::ChatMessage &message) {
        if (RoomSession *session = room(message.room))
            session->receive(message);
    });
    connect(&m_client, &HostClient::topicChanged, this, [this](const chat::TopicFrame &topic) {
        if (RoomSession *session = room(topic.room))
            session->setTopic(topic.topic);
        Q_EMIT topicChanged(topic.room);
    });
    connect(&m_client, &HostClient::deliveryChanged, this,
            [this](const QString &name, const QString &id, chat::Delivery delivery,
                   const QString &why) {
                if (RoomSession *session = room(name))
                    session->messages().setDelivery(id, delivery, why);
            });
}

client::ClientOptions HostSession::clientOptions() const
{
    client::ClientOptions options = m_options;
    options.name = m_settings.name();
    return options;
}

QString HostSession::title() const
{
    return m_host.title.isEmpty() ? id() : m_host.title;
}

bool HostSession::isBridgeAway() const
{
    return m_bridgeAway && m_client.link().state == chat::LinkState::Online;
}

QStringList HostSession::roomNames() const
{
    QStringList names = m_rooms.keys();
    names.sort();
    return names;
}

QList<chat::Person> HostSession::others() const
{
    QList<chat::Person> people;
    QSet<QString> seen{m_self.id};
    for (const RoomSession *session : m_rooms)
        for (const chat::Person &person : session->members().people())
            if (!seen.contains(person.id)) {
                seen.insert(person.id);
                people.append(person);
            }
    return people;
}

void HostSession::join(const QString &name)
{
    if (m_rooms.contains(name))
        Q_EMIT roomOpened(name);
    else
        m_client.join(name);
}

void HostSession::leave(const QString &name)
{
    m_client.leave(name);
    left(name);
}

bool HostSession::say(const QString &name, const QString &text, const QString &reply)
{
    RoomSession *session = room(name);
    if (!session)
        return false;
    const QString id = m_client.say(name, text, reply);
    const bool taken = session->messages().addPending(id, text, {m_self.id, m_self.name},
                                                      QDateTime::currentMSecsSinceEpoch(),
                                                      session->messages().quoteOf(reply));
    if (!taken)
        m_client.discard(id);
    return taken;
}

void HostSession::retry(const QString &name, const QString &id)
{
    RoomSession *session = room(name);
    if (session && m_client.retry(id))
        session->messages().setDelivery(id, chat::Delivery::Waiting);
}

void HostSession::discard(const QString &name, const QString &id)
{
    m_client.discard(id);
    if (RoomSession *session = room(name))
        session->messages().remove(id);
}

void HostSession::welcomed(const chat::WelcomeFrame &welcome)
{
    if (m_rooms.isEmpty())
        restore();
    m_host = welcome.host;
    m_watched = welcome.watched;
    m_bridgeAway = false; // a host that shares its rooms says more after this
    m_tree.setHostTitle(id(), title());
    setSelf(welcome.person);

    QSet<QString> present;
    for (const RoomState &state : welcome.rooms) {
        present.insert(state.room);
        showRoom(state);
    }
    const QStringList known = m_known.keys();
    for (const QString &name : known)
        if (!present.contains(name) && !m_rooms.contains(name)) {
            m_known.remove(name);
            m_tree.removeRoom(id(), name);
        }
    m_settings.rememberHost({id(), title(), QDateTime::currentMSecsSinceEpoch()});
    Q_EMIT titleChanged();
    Q_EMIT watchedChanged();
    Q_EMIT bridgeChanged();
}

void HostSession::setSelf(const chat::Person &self)
{
    m_self = self;
    for (RoomSession *session : std::as_const(m_rooms))
        session->setSelf({self.id, self.name});
    Q_EMIT selfChanged();
}

void HostSession::showRoom(const RoomState &state)
{
    m_known.insert(state.room, state);
    m_tree.setRoom(id(), state);
    if (RoomSession *session = room(state.room))
        session->setState(state);
}

void HostSession::joined(const RoomState &state)
{
    const bool isNew = !m_rooms.contains(state.room);
    if (isNew)
        addRoom(state);
    showRoom(state);
    m_tree.setJoined(id(), state.room, true);
    remember();
    if (isNew)
        Q_EMIT roomOpened(state.room);
}

RoomSession &HostSession::addRoom(const RoomState &state)
{
    auto *session = new RoomSession(state, this);
    session->setSelf({m_self.id, m_self.name});
    if (const auto read = m_client.read(state.room))
        session->markSeen(*read);
    const QString name = state.room;
    connect(&session->members(), &models::MemberListModel::peopleChanged, this,
            &HostSession::membersChanged);
    connect(session, &RoomSession::unreadChanged, this, [this, name, session] {
        m_tree.setUnread(id(), name, session->unread().messages, session->unread().mentions);
    });
    connect(&session->messages(), &models::MessageListModel::olderWanted, this,
            [this, name](const QString &epoch, qint64 number) {
                m_client.requestOlder(name, {epoch, number});
            });
    connect(&session->messages(), &models::MessageListModel::newerWanted, this,
            [this, name](const QString &epoch, qint64 number) {
                m_client.requestNewer(name, {epoch, number});
            });
    connect(&session->messages(), &models::MessageListModel::waitingChanged, this,
            [this, name, session] {
                m_tree.setWaiting(id(), name, session->messages().waiting());
                m_tree.setFailed(id(), name, session->messages().failed());
            });
    connect(session, &RoomSession::progressChanged, this, [this, name, session] {
        m_tree.setCatchingUp(id(), name, session->missedDone() < session->missedTotal());
    });
    m_rooms.insert(name, session);
    return *session;
}

void HostSession::left(const QString &name)
{
    RoomSession *session = m_rooms.take(name);
    if (!session)
        return;
    m_tree.setJoined(id(), name, false);
    if (!m_known.value(name).listed) {
        m_known.remove(name);
        m_tree.removeRoom(id(), name);
    }
    remember();
    Q_EMIT roomClosed(name);
    session->deleteLater();
}

void HostSession::failed(const chat::ErrorFrame &error)
{
    if (error.id.isEmpty()) // what a message's row says itself needs no second place
        Q_EMIT refused(error.message);
}

void HostSession::remember()
{
    m_settings.setJoinedRooms(id(), roomNames());
}

} // namespace parlour
