// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a client tells of its person beside what is said (writing, what was read), and searches.
#include "client/host_client.h"
#include "client/host_store.h"
#include "client/room_joiner.h"
#include "client/search_asker.h"

namespace parlour::client {

using namespace std::chrono;
using chat::Position;

namespace {

// What is read at one glance is told in one frame.
constexpr milliseconds ReadPause = 1s;

} // namespace

void HostClient::startReading()
{
    m_readPause.setSingleShot(true);
    m_readPause.setInterval(ReadPause);
    connect(&m_readPause, &QTimer::timeout, this, &HostClient::tellRead);
}

void HostClient::setTyping(const QString &room, bool isTyping)
{
    const auto now = duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
    if (!m_joiner->isIn(room) || (isTyping && !m_tellsTyping))
        return;
    if (m_typing.note(room, isTyping, now))
        send(chat::TypingFrame{room, isTyping});
}

void HostClient::setTellsTyping(bool tells)
{
    m_tellsTyping = tells;
    if (tells)
        return;
    const QStringList told = m_typing.take();
    for (const QString &room : told) {
        if (m_joiner->isIn(room))
            send(chat::TypingFrame{room, false});
    }
}

void HostClient::markRead(const QString &room, const Position &position)
{
    if (!m_read.see(room, position))
        return;
    if (m_store)
        m_store->setRead(room, position);
    if (!m_readPause.isActive())
        m_readPause.start();
}

void HostClient::tellRead()
{
    for (const chat::ReadFrame &frame : m_read.take(m_joiner->inside()))
        send(frame);
}

void HostClient::hearRead(const QString &room, const Position &position)
{
    const auto known = m_rooms.value(room).position();
    if (!m_read.hear(room, position, known ? known->epoch : QString()))
        return;
    if (m_store && m_joiner->wants(room))
        m_store->setRead(room, position);
    Q_EMIT readElsewhere(room, position);
}

void HostClient::handle(const chat::ReadFrame &frame)
{
    hearRead(frame.room, frame.position);
}

void HostClient::handle(const chat::PersonTypingFrame &frame)
{
    Q_EMIT typing(frame);
}

// ---- searching ----

void HostClient::startSearching()
{
    connect(m_searches, &SearchAsker::due, this, [this](const chat::SearchFrame &search) {
        if (!send(search))
            m_searches->suspend();
    });
    connect(m_searches, &SearchAsker::found, this, &HostClient::found);
    connect(m_searches, &SearchAsker::failed, this, &HostClient::searchFailed);
}

QString HostClient::search(const QString &text, const QString &room, const QString &next)
{
    return m_searches->ask({{}, text, room.normalized(QString::NormalizationForm_C), next});
}

void HostClient::handle(const chat::FoundFrame &frame)
{
    m_searches->take(frame);
}

} // namespace parlour::client
