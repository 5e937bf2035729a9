// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <algorithm>

namespace parlour::client {

bool Outbox::add(const Entry &entry)
{
    if (m_waiting.size() >= MaxWaiting)
        return false;
    m_waiting.append(entry);
    return true;
}

std::optional<Outbox::Entry> Outbox::first(const QSet<QString> &rooms) const
{
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&](const Entry &entry) { return rooms.contains(entry.room); });
    if (found == m_waiting.end())
        return std::nullopt;
    return *found;
}

std::optional<Outbox::Entry> Outbox::acknowledge(const QString &id)
{
    auto entry = take(m_waiting, id);
    return entry ? entry : take(m_failed, id);
}

std::optional<Outbox::Entry> Outbox::fail(const QString &id, const QString &why)
{
    auto entry = take(m_waiting, id);
    if (!entry)
        return entry;
    entry->why = why;
    addFailed(*entry);
    return entry;
}

QList<Outbox::Entry> Outbox::failRoom(const QString &room, const QString &why)
{
    QStringList ids;
    for (const Entry &entry : std::as_const(m_waiting)) {
        if (entry.room == room)
            ids.append(entry.id);
    }
    QList<Entry> gone;
    for (const QString &id : std::as_const(ids))
        gone.append(*fail(id, why));
    return gone;
}

void Outbox::addFailed(const Entry &entry)
{
    if (entry.what != What::Message)
        return;
    if (m_failed.size() >= MaxFailed)
        m_failed.removeFirst();
    m_failed.append(entry);
}

std::optional<Outbox::Entry> Outbox::retry(const QString &id)
{
    if (m_waiting.size() >= MaxWaiting)
        return std::nullopt;
    auto entry = take(m_failed, id);
    if (!entry)
        return entry;
    entry->why.clear();
    m_waiting.append(*entry);
    return entry;
}

bool Outbox::discard(const QString &id)
{
    return take(m_waiting, id) || take(m_failed, id);
}

bool Outbox::holds(const QString &id) const
{
    return std::any_of(m_waiting.begin(), m_waiting.end(),
                       [&](const Entry &entry) { return entry.id == id; });
}

bool Outbox::changes(const QString &message) const
{
    return std::any_of(m_waiting.begin(), m_waiting.end(), [&](const Entry &entry) {
        return entry.what != What::Message && entry.of == message;
    });
}

QString Outbox::editedText(const QString &message) const
{
    const auto found =
        std::find_if(m_waiting.crbegin(), m_waiting.crend(), [&](const Entry &entry) {
            return entry.what == What::Edit && entry.of == message;
        });
    return found == m_waiting.crend() ? QString() : found->text;
}

std::optional<Outbox::Entry> Outbox::take(QList<Entry> &from, const QString &id)
{
    const auto found = std::find_if(from.cbegin(), from.cend(),
                                    [&](const Entry &entry) { return entry.id == id; });
    if (found == from.cend())
        return std::nullopt;
    Entry entry = *found;
    from.erase(found);
    return entry;
}

} // namespace parlour::client
