// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "processes.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace parlour::bench {

namespace {

std::filesystem::path tasksOf(pid_t id)
{
    return "/proc/" + std::to_string(id) + "/task";
}

std::chrono::nanoseconds cpuOf(const std::filesystem::path &task)
{
    long long onCpu = 0;
    std::ifstream(task / "schedstat") >> onCpu;
    return std::chrono::nanoseconds(onCpu);
}

} // namespace

std::chrono::nanoseconds Processes::cpu() const
{
    std::chrono::nanoseconds sum{0};
    std::error_code gone;
    for (const pid_t id : m_ids) {
        for (const auto &task : std::filesystem::directory_iterator(tasksOf(id), gone))
            sum += cpuOf(task.path());
    }
    return sum;
}

std::chrono::nanoseconds Processes::firstThreadCpu() const
{
    std::chrono::nanoseconds sum{0};
    for (const pid_t id : m_ids)
        sum += cpuOf(tasksOf(id) / std::to_string(id));
    return sum;
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
