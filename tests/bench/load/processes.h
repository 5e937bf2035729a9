// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <sys/types.h>
#include <vector>

namespace parlour::bench {

/// What the processes of a server use.
class Processes
{
public:
    explicit Processes(std::vector<pid_t> ids)
        : m_ids(std::move(ids))
    {
    }

    /// Time on a processor so far, of all their threads, the kernel's work for them with it.
    std::chrono::nanoseconds cpu() const;
    /// The share of their first threads.
    std::chrono::nanoseconds firstThreadCpu() const;
    /// Of memory that is in use and not the kernel's.
    long long residentBytes() const;

private:
    std::vector<pid_t> m_ids;
};

/// Time on a processor that this process has used.
std::chrono::nanoseconds ownCpu();

} // namespace parlour::bench
