// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "options.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

namespace parlour::bench {

namespace {

using Setter = std::function<void(const std::string &)>;

Setter text(std::string &value)
{
    return [&value](const std::string &given) { value = given; };
}

Setter number(int &value)
{
    return [&value](const std::string &given) { value = std::atoi(given.c_str()); };
}

Setter duration(std::chrono::milliseconds &value)
{
    return [&value](const std::string &given) {
        value = std::chrono::milliseconds(std::atoi(given.c_str()));
    };
}

template <typename Number>
Setter list(std::vector<Number> &values)
{
    return [&values](const std::string &given) {
        values.push_back(static_cast<Number>(std::atoi(given.c_str())));
    };
}

} // namespace

std::optional<Options> parseOptions(int count, char **arguments)
{
    Options options;
    const std::map<std::string, Setter> setters{
        {"--workload", text(options.workload)},
        {"--dialect", text(options.dialect)},
        {"--tls", [&](const std::string &given) { options.tls = given == "on"; }},
        {"--port", list(options.ports)},
        {"--pid", list(options.pids)},
        {"--helper-pid", list(options.helperPids)},
        {"--room", text(options.room)},
        {"--rooms", number(options.rooms)},
        {"--members", number(options.members)},
        {"--window", number(options.window)},
        {"--per-second", number(options.perSecond)},
        {"--idle", number(options.idle)},
        {"--idle-ms", duration(options.idleTime)},
        {"--returning", number(options.returning)},
        {"--slots", number(options.slots)},
        {"--at-once", number(options.atOnce)},
        {"--addresses", number(options.addresses)},
        {"--warm-up-ms", duration(options.warmUp)},
        {"--measured-ms", duration(options.measured)},
    };
    for (int i = 1; i + 1 < count; i += 2) {
        const auto setter = setters.find(arguments[i]);
        if (setter == setters.end()) {
            std::fprintf(stderr, "unknown option %s\n", arguments[i]);
            return std::nullopt;
        }
        setter->second(arguments[i + 1]);
    }
    if (count % 2 == 0 || options.ports.empty()) {
        std::fputs("options come as --name value, and --port is needed\n", stderr);
        return std::nullopt;
    }
    return options;
}

} // namespace parlour::bench
