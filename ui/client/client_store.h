// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QObject>

#include <memory>

namespace parlour::client {

class StoreDatabase;

struct StoreLimits {
    int messagesPerRoom = 5000; ///< the last ones; a few hundred more until they are counted again
    qsizetype messageText = 65'536; ///< UTF-16 units; the rest of a longer one is not kept
    int roomsPerHost = 200;
    int hosts = 32; ///< those used last, beside those with unsent messages
};

/// What the app keeps of all hosts between its runs: their rooms and messages, and what was said
/// and is not sent yet. One SQLite file, used by one process. Lives in the window's thread, which
/// its writes do not hold up (StoreDatabase). HostStore is one host's part of it.
class ClientStore : public QObject
{
    Q_OBJECT
public:
    /// Fails (store) in words for people where the file cannot be used; it is not touched then.
    static channels::Expected<std::unique_ptr<ClientStore>> open(const QString &file,
                                                                 const StoreLimits &limits = {});
    ~ClientStore() override;

    StoreDatabase &database() { return *m_database; }
    const StoreLimits &limits() const { return m_limits; }
    /// Something could not be written: tells failed(), the first time of a series.
    void reportProblem();
    void reportSuccess() { m_hasFailed = false; }

Q_SIGNALS:
    /// A sentence for people. What is said goes on, but is not kept.
    void failed(const QString &sentence);

private:
    ClientStore(std::unique_ptr<StoreDatabase> database, const StoreLimits &limits);

    std::unique_ptr<StoreDatabase> m_database;
    StoreLimits m_limits;
    bool m_hasFailed = false;
};

} // namespace parlour::client
