// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/log_file.h"
#include "storage/seen_ids.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace parlour::storage {

class Store;

/// Says of an id that it is new to a log without asking the file, once it has read bit by bit which
/// ids that has. Lives in the server thread. `store` outlives it.
class KnownIds final
{
public:
    /// `pause`: between two readings, each of a millisecond or two; `retryInterval`: until it is
    /// tried again where one failed.
    KnownIds(Store &store, std::chrono::milliseconds pause,
             std::chrono::milliseconds retryInterval);
    /// Waits for what was asked of the file.
    ~KnownIds();
    KnownIds(const KnownIds &) = delete;
    KnownIds &operator=(const KnownIds &) = delete;

    /// It is known from now on. True: it was not, for certain.
    bool note(const QString &epoch, const QString &id);
    /// Reads them all again: the file has ids that were not noted.
    void learn();
    /// It has so many that most new ones are taken for known; perhaps most are gone by now.
    bool isCrowded() const;
    /// Forgets those that are not in the file; while all that are to be are there.
    void learnAnew();
    /// Whether it has read all of them.
    bool isComplete() const { return m_isComplete; }

private:
    void read();
    void take(const Expected<LogFile::Ids> &ids);

    Store &m_store;
    SeenIds m_seen;
    LogFile::IdPlace m_place; ///< up to where the file was read
    qint64 m_learned = 0; ///< how many it had when all were read
    quint64 m_reading = 0; ///< counts attempts; answers to older ones are dropped
    bool m_isComplete = false;
    std::chrono::milliseconds m_pause;
    std::chrono::milliseconds m_retryInterval;
    QTimer m_timer;
    QObject m_inbox; ///< where the storage thread's answers arrive
};

} // namespace parlour::storage
