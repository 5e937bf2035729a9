// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// A machine on its bad days, for a program that is started with this library before all others
// (LD_PRELOAD). While the file that ODD_MACHINE_DISK names is there, no file takes another byte, as
// on a full disk. What the file that ODD_MACHINE_CLOCK names says in seconds is added to the time
// of day; the clocks that nobody sets run on.

#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

bool isFull(int descriptor)
{
    const char *flag = std::getenv("ODD_MACHINE_DISK");
    struct stat about {
    };
    if (!flag || ::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    return ::access(flag, F_OK) == 0;
}

template <typename... Args>
ssize_t writing(long call, int descriptor, Args... args)
{
    const int before = errno;
    if (isFull(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    errno = before;
    return ::syscall(call, descriptor, args...);
}

time_t jump()
{
    const int before = errno;
    const char *path = std::getenv("ODD_MACHINE_CLOCK");
    const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    std::array<char, 32> text{};
    if (file >= 0) {
        (void)!::read(file, text.data(), text.size() - 1);
        ::close(file);
    }
    errno = before;
    return std::atoll(text.data());
}

} // namespace

extern "C" {

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    return writing(SYS_write, descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
    return writing(SYS_pwrite64, descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset)
{
    return writing(SYS_pwrite64, descriptor, bytes, size, offset);
}

int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += jump();
    return result;
}

int gettimeofday(timeval *time, void *) noexcept
{
    timespec now{};
    const int result = ::clock_gettime(CLOCK_REALTIME, &now);
    *time = {now.tv_sec, now.tv_nsec / 1000};
    return result;
}

time_t time(time_t *time) noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (time)
        *time = now.tv_sec;
    return now.tv_sec;
}

} // extern "C"
