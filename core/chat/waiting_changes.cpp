// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/waiting_changes.h"

#include "chat/json_writer.h"

namespace parlour::chat {

namespace {

bool isSameId(const QString &one, const QString &other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

} // namespace

qint64 WaitingChanges::sizeOf(const Change &change)
{
    return change.text.size() * qint64(sizeof(QChar));
}

void WaitingChanges::add(const Change &change)
{
    std::erase_if(m_changes, [&](const Change &other) {
        const bool isAgain = other.room == change.room && isSameId(other.id, change.id);
        m_bytes -= isAgain ? sizeOf(other) : 0;
        return isAgain;
    });
    m_changes.push_back(change);
    m_bytes += sizeOf(change);
    while (int(m_changes.size()) > m_options.most || m_bytes > m_options.mostBytes) {
        m_bytes -= sizeOf(m_changes.front());
        m_changes.pop_front();
    }
}

QList<Change> WaitingChanges::take(const QString &room, const QString &message)
{
    QList<Change> taken;
    std::erase_if(m_changes, [&](const Change &change) {
        const bool isMeant = change.room == room && isSameId(change.of, message);
        if (isMeant) {
            taken.append(change);
            m_bytes -= sizeOf(change);
        }
        return isMeant;
    });
    return taken;
}

bool WaitingChanges::applyTo(Utterance &said)
{
    ChatMessage message{said.room, said.id, {}, 0, said.sender, said.time, said.text};
    message.edited = said.edited;
    message.reactions = said.reactions;
    for (const Change &change : take(said.room, said.id)) {
        const QString before = message.text;
        (void)apply(change, message, {said.origin}); // what nobody may do is not done
        if (message.text != before)
            said.json = jsonString(message.text);
    }
    said.text = message.text;
    said.edited = message.edited;
    said.reactions = message.reactions;
    return !message.isDeleted;
}

} // namespace parlour::chat
