// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/message_sender.h"

#include "client/host_store.h"

#include <QDateTime>
#include <QUuid>

namespace parlour::client {

using chat::Delivery;

namespace {

Outbox::Entry newEntry(const QString &room, const QString &text)
{
    return {room, QUuid::createUuid().toString(QUuid::WithoutBraces), text,
            QDateTime::currentMSecsSinceEpoch()};
}

chat::ClientFrame frameOf(const Outbox::Entry &entry)
{
    switch (entry.what) {
    case Outbox::What::Edit:
        return chat::EditFrame{entry.room, entry.id, entry.of, entry.text};
    case Outbox::What::Delete:
        return chat::DeleteFrame{entry.room, entry.id, entry.of};
    case Outbox::What::React:
        return chat::ReactFrame{entry.room, entry.id, entry.of, entry.emoji, entry.isOn};
    case Outbox::What::Message:
        break;
    }
    return chat::SayFrame{entry.room, entry.id, entry.text, entry.of};
}

} // namespace

MessageSender::MessageSender(std::chrono::milliseconds acknowledgeTimeout, QObject *parent)
    : QObject(parent)
{
    m_next.setSingleShot(true);
    m_acknowledgement.setSingleShot(true);
    m_acknowledgement.setInterval(acknowledgeTimeout);
    connect(&m_next, &QTimer::timeout, this, &MessageSender::sendNext);
    connect(&m_acknowledgement, &QTimer::timeout, this, &MessageSender::unconfirmed);
}

void MessageSender::restore(HostStore &store)
{
    m_store = &store;
    const auto waiting = store.waiting();
    const auto failed = store.failed();
    for (const Outbox::Entry &entry : waiting)
        (void)m_outbox.add(entry); // no more than fit were kept
    for (const Outbox::Entry &entry : failed)
        m_outbox.addFailed(entry);
}

QString MessageSender::say(const QString &room, const QString &text, const QString &reply)
{
    Outbox::Entry entry = newEntry(room, text);
    entry.of = reply;
    take(entry);
    return entry.id;
}

void MessageSender::change(Outbox::Entry change)
{
    const Outbox::Entry named = newEntry(change.room, change.text);
    change.id = named.id;
    change.time = named.time;
    take(change);
}

void MessageSender::take(const Outbox::Entry &entry)
{
    if (entry.text.toUcs4().size() > MaxCodePoints)
        failLater(entry,
                  tr("This message is too long: %L1 characters fit. Send it in parts.")
                      .arg(MaxCodePoints));
    else if (!m_outbox.add(entry))
        failLater(entry,
                  tr("%L1 messages are waiting already. Try again when they are sent.")
                      .arg(Outbox::MaxWaiting));
    else
        wait(entry);
}

QString MessageSender::reject(const QString &room, const QString &text, const QString &why)
{
    const Outbox::Entry entry = newEntry(room, text);
    failLater(entry, why);
    return entry.id;
}

bool MessageSender::retry(const QString &id)
{
    const auto entry = m_outbox.retry(id);
    if (entry)
        wait(*entry);
    return entry.has_value();
}

void MessageSender::discard(const QString &id)
{
    m_outbox.discard(id);
    if (m_store)
        m_store->remove(id);
    land(id);
}

void MessageSender::openRoom(const QString &room)
{
    m_rooms.insert(room);
    if (!m_next.isActive())
        m_next.start(0);
}

void MessageSender::closeRoom(const QString &room, const QString &why)
{
    m_rooms.remove(room);
    const auto gone = m_outbox.failRoom(room, why);
    for (const Outbox::Entry &entry : gone) {
        land(entry.id);
        keepFailed(entry);
        report(entry, Delivery::Failed, why);
    }
}

void MessageSender::suspend()
{
    m_rooms.clear();
    m_next.stop();
    m_acknowledgement.stop();
    if (const auto entry = std::exchange(m_onItsWay, std::nullopt))
        report(*entry, Delivery::Waiting);
}

void MessageSender::failUnconfirmed()
{
    if (!m_onItsWay || m_acknowledgement.isActive())
        return;
    refuse(m_onItsWay->id,
           m_onItsWay->what == Outbox::What::Message
               ? tr("The host did not confirm this message. Try again: it will not be doubled.")
               : tr("The host did not confirm that a message was changed. Try again."));
}

bool MessageSender::acknowledge(const QString &id)
{
    const auto entry = m_outbox.acknowledge(id);
    if (!entry)
        return false;
    land(id);
    if (m_store)
        m_store->removeSent(id);
    report(*entry, Delivery::Sent);
    return true;
}

void MessageSender::refuse(const QString &id, const QString &why)
{
    const auto entry = m_outbox.fail(id, why);
    if (!entry)
        return;
    land(id);
    keepFailed(*entry);
    report(*entry, Delivery::Failed, why);
}

void MessageSender::postpone(const QString &id, std::chrono::milliseconds delay)
{
    if (!m_onItsWay || m_onItsWay->id != id)
        return;
    const auto entry = *std::exchange(m_onItsWay, std::nullopt);
    m_acknowledgement.stop();
    m_next.start(delay);
    report(entry, Delivery::Waiting);
}

void MessageSender::wait(const Outbox::Entry &entry)
{
    if (m_store)
        m_store->addWaiting(entry);
    QMetaObject::invokeMethod(
        this,
        [this, entry] {
            if (m_outbox.holds(entry.id) && !(m_onItsWay && m_onItsWay->id == entry.id))
                report(entry, Delivery::Waiting);
        },
        Qt::QueuedConnection);
    if (!m_next.isActive())
        m_next.start(0);
}

void MessageSender::sendNext()
{
    if (m_onItsWay)
        return;
    m_onItsWay = m_outbox.first(m_rooms);
    if (!m_onItsWay)
        return;
    m_acknowledgement.start();
    const Outbox::Entry entry = *m_onItsWay;
    report(entry, Delivery::Sending);
    Q_EMIT due(frameOf(entry));
}

/// Whatever became of `id`, it is not on its way any more; the next one is due.
void MessageSender::land(const QString &id)
{
    if (!m_onItsWay || m_onItsWay->id != id)
        return;
    m_onItsWay.reset();
    m_acknowledgement.stop();
    m_next.start(0);
}

void MessageSender::report(const Outbox::Entry &entry, Delivery delivery, const QString &why)
{
    if (entry.what == Outbox::What::Message) {
        Q_EMIT deliveryChanged(entry.room, entry.id, delivery, why);
        return;
    }
    Q_EMIT changing(entry.room, entry.of, m_outbox.changes(entry.of));
    if (delivery == Delivery::Failed)
        Q_EMIT changeFailed(entry, why);
}

void MessageSender::keepFailed(const Outbox::Entry &entry)
{
    if (!m_store)
        return;
    if (entry.what == Outbox::What::Message)
        m_store->addFailed(entry);
    else
        m_store->remove(entry.id);
}

void MessageSender::failLater(const Outbox::Entry &said, const QString &why)
{
    Outbox::Entry entry = said;
    entry.why = why;
    m_outbox.addFailed(entry);
    keepFailed(entry);
    QMetaObject::invokeMethod(
        this, [this, entry, why] { report(entry, Delivery::Failed, why); }, Qt::QueuedConnection);
}

} // namespace parlour::client
