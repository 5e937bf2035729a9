// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>

namespace parlour::redis {

/// What one connection adds to the log of its server's outages. All connections of a thread to one
/// server share it, so that an outage is told once, however many of them end.
class OutageLog
{
public:
    /// `address`: of the server, as it is shown to people.
    explicit OutageLog(const QString &address);
    ~OutageLog();
    OutageLog(const OutageLog &) = delete;
    OutageLog &operator=(const OutageLog &) = delete;

    /// Told where the problem is a new one in this outage.
    void away(const QString &problem);
    /// Told where no connection is away any more.
    void up();

private:
    struct Server;
    static std::shared_ptr<Server> serverAt(const QString &address);

    QString m_address;
    std::shared_ptr<Server> m_server;
    bool m_isAway = false;
};

} // namespace parlour::redis
