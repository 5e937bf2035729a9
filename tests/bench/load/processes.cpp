// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "processes.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace parlour::bench {

std::chrono::nanoseconds Processes::cpu() const
{
    long long sum = 0;
    for (const pid_t id : m_ids) {
        std::error_code gone;
        const auto tasks = "/proc/" + std::to_string(id) + "/task";
        for (const auto &task : std::filesystem::directory_iterator(tasks, gone)) {
            long long onCpu = 0;
            std::ifstream(task.path() / "schedstat") >> onCpu;
            sum += onCpu;
        }
    }
    return std::chrono::nanoseconds(sum);
}

long long Processes::residentBytes() const
{
    long long sum = 0;
    for (const pid_t id : m_ids) {
        long long total = 0;
        long long resident = 0;
        std::ifstream("/proc/" + std::to_string(id) + "/statm") >> total >> resident;
        sum += resident * ::sysconf(_SC_PAGESIZE);
    }
    return sum;
}

std::chrono::nanoseconds ownCpu()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace parlour::bench
