// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_client.h"

#include "client/error_words.h"
#include "client/host_store.h"
#include "client/logging.h"
#include "client/message_sender.h"
#include "client/reconnecting_socket.h"
#include "client/room_joiner.h"
#include "client/search_asker.h"

namespace parlour::client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::LinkState;

namespace {

/// The host compares room titles in this form.
QString titleOf(const QString &room)
{
    return room.normalized(QString::NormalizationForm_C);
}

std::chrono::milliseconds retryDelay(const chat::ErrorFrame &error)
{
    return std::clamp(std::chrono::milliseconds(error.retryMs), 100ms, 60000ms);
}

} // namespace

HostClient::HostClient(HostAddress address, ClientOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_pages(makePages())
    , m_socket(new ReconnectingSocket({std::move(address), u"ws/parlour/"_s, u"parlour.v1"_s,
                                       m_options.ownerToken, m_options.trust},
                                      m_options.socket, this))
    , m_joiner(new RoomJoiner(m_options.acknowledgeTimeout, this))
    , m_sender(new MessageSender(m_options.acknowledgeTimeout, this))
    , m_searches(new SearchAsker(m_options.acknowledgeTimeout, this))
{
    connect(m_socket, &ReconnectingSocket::opened, this, &HostClient::sayHello);
    connect(m_socket, &ReconnectingSocket::received, this, &HostClient::receive);
    connect(m_socket, &ReconnectingSocket::linkChanged, this, [this](const chat::Link &link) {
        if (link.state != LinkState::Online)
            loseLink();
        Q_EMIT linkChanged(link);
    });
    connect(m_joiner, &RoomJoiner::joinDue, this, &HostClient::sendJoin);
    startSending();
    connectPages();
    startReading();
    startSearching();
    startLinking();
    if (m_options.store)
        restore();
}

void HostClient::restore()
{
    m_store = new HostStore(*m_options.store, address().display(), this);
    m_pages->setStore(m_store);
    m_sender->restore(*m_store);
    const auto rooms = m_store->rooms();
    for (const StoredRoom &room : rooms) {
        m_rooms.insert(room.state.room, CatchUp(room.position));
        if (room.read)
            m_read.restore(room.state.room, *room.read);
    }
}

HostClient::~HostClient() = default;

const HostAddress &HostClient::address() const
{
    return m_socket->address();
}

const chat::Link &HostClient::link() const
{
    return m_socket->link();
}

void HostClient::open()
{
    m_socket->open();
}

void HostClient::close()
{
    m_socket->close();
}

void HostClient::retryNow()
{
    m_socket->retryNow();
}

void HostClient::setName(const QString &name)
{
    m_options.name = name;
}

void HostClient::rename(const QString &name)
{
    if (send(chat::RenameFrame{name}))
        m_nameAskedFor = name;
    else
        setName(name);
}

void HostClient::join(const QString &room)
{
    m_leaving.remove(titleOf(room));
    m_joiner->want(titleOf(room));
}

void HostClient::leave(const QString &room)
{
    const QString title = titleOf(room);
    if (!m_joiner->wants(title))
        return;
    const bool asked = send(chat::LeaveFrame{title});
    if (asked)
        m_leaving.insert(title);
    lose(title, tr("You left the room before this was sent."));
    if (!asked)
        forget(title);
}

void HostClient::create(const QString &room, const QString &topic)
{
    sendOrFail(chat::CreateFrame{titleOf(room), topic}, titleOf(room));
}

void HostClient::setTopic(const QString &room, const QString &topic)
{
    sendOrFail(chat::SetTopicFrame{titleOf(room), topic}, titleOf(room));
}

void HostClient::setAway(bool isAway)
{
    if (std::exchange(m_isAway, isAway) != isAway)
        send(chat::AwayFrame{isAway});
}

QString HostClient::say(const QString &room, const QString &text, const QString &reply)
{
    const QString title = titleOf(room);
    if (!m_joiner->wants(title))
        return m_sender->reject(title, text, tr("You are not in this room. Join it first."));
    return m_sender->say(title, text, reply);
}

void HostClient::edit(const QString &room, const QString &message, const QString &text)
{
    m_sender->change({titleOf(room), {}, text, 0, {}, Outbox::What::Edit, message});
}

void HostClient::remove(const QString &room, const QString &message)
{
    m_sender->change({titleOf(room), {}, {}, 0, {}, Outbox::What::Delete, message});
}

void HostClient::react(const QString &room, const QString &message, const QString &emoji, bool isOn)
{
    m_sender->change({titleOf(room), {}, {}, 0, {}, Outbox::What::React, message, emoji, isOn});
}

bool HostClient::retry(const QString &id)
{
    return m_sender->retry(id);
}

void HostClient::discard(const QString &id)
{
    m_sender->discard(id);
}

void HostClient::receive(const QByteArray &utf8)
{
    const auto frame = chat::parseServerFrame(utf8);
    if (frame)
        return std::visit([this](const auto &known) { handle(known); }, *frame);
    if (link().state != LinkState::Online)
        return m_socket->refuseAsNoParlour();
    qCWarning(log).noquote() << address().display() << "sent a bad frame:" << frame.error().message;
}

bool HostClient::send(const chat::ClientFrame &frame)
{
    return link().state == LinkState::Online && m_socket->send(chat::encode(frame));
}

bool HostClient::sendOrFail(const chat::ClientFrame &frame, const QString &room)
{
    const bool sent = send(frame);
    if (!sent)
        Q_EMIT failed({u"offline"_s,
                       tr("There is no connection to the host. Try again when it is back."),
                       room,
                       {},
                       0});
    return sent;
}

void HostClient::lose(const QString &room, const QString &why)
{
    m_joiner->forget(room);
    m_pages->giveUpAll(room);
    m_sender->closeRoom(room, why);
}

void HostClient::handle(const chat::UnknownFrame & /*frame*/)
{
    // docs/protocol.md: unknown types are ignored.
}

void HostClient::handle(const chat::RoomFrame &frame)
{
    const QString &name = frame.room.room;
    const auto position = m_rooms.value(name).position();
    const bool isOther = position && position->epoch != frame.room.epoch;
    if (isOther && m_joiner->isIn(name)) // an import became its log
        follow(name, CatchUp::Next::JoinAgain);
    Q_EMIT roomChanged(frame.room);
}

void HostClient::handle(const chat::ClosedFrame &frame)
{
    Q_EMIT roomClosed(frame.room);
}

void HostClient::handle(const chat::TopicFrame &frame)
{
    Q_EMIT topicChanged(frame);
}

void HostClient::handle(const chat::RenamedFrame &frame)
{
    if (!m_nameAskedFor.isEmpty())
        m_options.name = std::exchange(m_nameAskedFor, {});
    Q_EMIT renamed(frame.person);
}

void HostClient::handle(const chat::WatchedFrame &frame)
{
    Q_EMIT watchedChanged(frame.watched);
}

void HostClient::handle(const chat::SharedFrame &frame)
{
    Q_EMIT sharedChanged(frame.up);
}

void HostClient::handle(const chat::ErrorFrame &said)
{
    const chat::ErrorFrame frame = inOurWords(said);
    m_socket->quote(frame.message);
    const bool later = frame.code == "too_fast"_L1;
    // Left before the host had let us in: what was wanted is done.
    if (frame.code == "not_a_member"_L1 && frame.id.isEmpty() && m_leaving.remove(frame.room))
        return forget(frame.room);
    // Of history: a later scroll asks again.
    const bool isPage = frame.code == "not_read"_L1 || frame.code == "out_of_turn"_L1;
    if (frame.id.isEmpty() && later && m_pages->isAsked(frame.room))
        return m_pages->postpone(frame.room, retryDelay(frame));
    if (frame.id.isEmpty() && isPage && m_pages->isAsked(frame.room))
        return m_pages->giveUp(frame.room);
    const bool ofJoin =
        frame.id.isEmpty() && !isPage && m_joiner->wants(frame.room) && !m_joiner->isIn(frame.room);
    if (frame.code == "bad_name"_L1)
        m_nameAskedFor.clear();
    if (m_searches->refuse(frame))
        return;
    if (!frame.id.isEmpty() && later)
        return m_sender->postpone(frame.id, retryDelay(frame));
    if (!frame.id.isEmpty())
        return m_sender->refuse(frame.id, frame.message);
    if (ofJoin && later)
        return m_joiner->postpone(frame.room, retryDelay(frame));
    const bool ofLink = (later && frame.room.isEmpty()) || frame.code == "too_many_links"_L1;
    if (ofLink && m_linkAnswer.isActive())
        return failLink(frame.code, frame.message);
    if (ofJoin)
        lose(frame.room, frame.message);
    Q_EMIT failed(frame);
}

} // namespace parlour::client
