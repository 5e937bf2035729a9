// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/known_ids.h"

#include "storage/store.h"

namespace parlour::storage {

KnownIds::KnownIds(Store &store, std::chrono::milliseconds pause,
                   std::chrono::milliseconds retryInterval)
    : m_store(store)
    , m_pause(pause)
    , m_retryInterval(retryInterval)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_inbox, [this] { read(); });
    m_timer.start(m_pause);
}

KnownIds::~KnownIds()
{
    m_store.thread().runAndWait([] {});
}

bool KnownIds::note(const QString &epoch, const QString &id)
{
    const size_t hash = SeenIds::hash(epoch, id);
    const bool isNew = m_isComplete && !m_seen.mayHave(hash);
    m_seen.add(hash);
    return isNew;
}

void KnownIds::learn()
{
    m_isComplete = false;
    ++m_reading;
    m_place = {};
    m_timer.start(m_pause);
}

bool KnownIds::isCrowded() const
{
    return m_isComplete && m_seen.isCrowded() && m_seen.count() > 2 * m_learned;
}

void KnownIds::learnAnew()
{
    m_seen.clear();
    learn();
}

void KnownIds::read()
{
    m_store.thread().run([this, &logs = m_store.logs(), place = m_place, reading = m_reading] {
        answerLater(&m_inbox, [this, reading, ids = logs.ids(place)] {
            if (reading == m_reading)
                take(ids);
        });
    });
}

void KnownIds::take(const Expected<LogFile::Ids> &ids)
{
    if (!ids) {
        m_timer.start(m_retryInterval);
        return;
    }
    for (const size_t hash : ids->hashes)
        m_seen.add(hash);
    m_isComplete = !ids->next;
    m_learned = m_seen.count();
    if (m_isComplete)
        return;
    m_place = *ids->next;
    m_timer.start(m_pause);
}

} // namespace parlour::storage
