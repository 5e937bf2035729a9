// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace parlour::bench {

/// One measurement, as the command line says it: --name value, in any order.
struct Options {
    std::string workload = "fan"; ///< fan, rate or handshakes
    std::string dialect = "plain";
    bool tls = false;
    std::vector<in_port_t> ports; ///< of the server, or of several that share their rooms
    std::vector<pid_t> pids; ///< whose processor time and memory are the server's
    std::vector<pid_t> helperPids; ///< of what it needs beside itself, such as Redis
    std::string room = "r"; ///< what rooms are called, before their number
    int rooms = 1;
    int members = 10; ///< of each room
    int window = 8; ///< fan: messages of a room that not all have got yet
    int perSecond = 500; ///< rate: messages into the one room
    int idle = 0; ///< rate: further clients, ten a room, who say nothing
    std::chrono::milliseconds idleTime{1000}; ///< for which it is watched what these cost
    int returning = 0; ///< rate: further clients who all come at once while it is measured
    int slots = 32; ///< handshakes: at a time
    int atOnce = 40; ///< handshakes open while clients come in before
    int addresses = 16; ///< that clients come from
    std::chrono::milliseconds warmUp{200};
    std::chrono::milliseconds measured{500};
};

/// Nothing where they are wrong; why is on standard error then.
std::optional<Options> parseOptions(int count, char **arguments);

} // namespace parlour::bench
