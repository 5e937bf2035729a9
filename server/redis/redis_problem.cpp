// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_problem.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parlour::redis {

namespace {

struct Meaning {
    QLatin1StringView beginning; ///< of the error
    QLatin1StringView words;
    bool keepsOut = false;
    bool passes = false;
};

constexpr std::array Meanings{
    Meaning{"NOAUTH"_L1,
            "Redis asks for a password; write it into the address, redis://:password@host"_L1,
            true},
    Meaning{"WRONGPASS"_L1, "Redis does not take this user and password"_L1, true},
    Meaning{"ERR invalid password"_L1, "Redis does not take this password"_L1, true},
    Meaning{"ERR AUTH <password> called without"_L1,
            "Redis has no password for its default user; take it out of the address"_L1, true},
    Meaning{"ERR Client sent AUTH, but no password"_L1,
            "Redis has no password; take it out of the address"_L1, true},
    Meaning{
        "ERR DB index is out of range"_L1,
        "Redis has no database of this number; redis.conf (databases) says how many there are"_L1,
        true},
    Meaning{"ERR max number of clients"_L1,
            "Redis has as many clients as it may have (maxclients)"_L1, true},
    Meaning{"DENIED"_L1,
            "Redis is in protected mode and takes clients of its own machine alone; give it a "
            "password, or bind it to an address"_L1,
            true},
    Meaning{"NOPERM"_L1,
            "this user may not do what is needed in Redis; its rules (ACL) have to allow it"_L1,
            true},
    Meaning{"LOADING"_L1, "Redis is still loading its data"_L1, true, true},
    Meaning{"OOM"_L1, "Redis has no memory left (maxmemory) and keeps nothing new"_L1, false, true},
    Meaning{"READONLY"_L1, "this Redis is a replica and takes no writes; connect to its master"_L1,
            false, true},
    Meaning{"MASTERDOWN"_L1, "this Redis is a replica that has lost its master"_L1, true, true},
    Meaning{"MISCONF"_L1, "Redis cannot save its data to the disk and takes no writes"_L1, false,
            true},
    Meaning{"BUSY "_L1, "Redis is busy with a script that does not end"_L1, true, true},
    Meaning{"NOREPLICAS"_L1, "Redis has too few replicas and takes no writes"_L1, false, true},
};

const Meaning *meaningOf(const RedisReply &reply)
{
    const auto meaning = std::find_if(Meanings.begin(), Meanings.end(), [&](const Meaning &each) {
        return QLatin1StringView(reply.bytes).startsWith(each.beginning);
    });
    return reply.isError() && meaning != Meanings.end() ? &*meaning : nullptr;
}

} // namespace

QString problemIn(const RedisReply &reply)
{
    const Meaning *meaning = meaningOf(reply);
    return meaning ? QString(meaning->words) : QString();
}

bool keepsOut(const RedisReply &reply)
{
    const Meaning *meaning = meaningOf(reply);
    return meaning && meaning->keepsOut;
}

bool passes(const RedisReply &reply)
{
    const Meaning *meaning = meaningOf(reply);
    return meaning && meaning->passes;
}

QString quoted(const RedisReply &reply)
{
    constexpr qsizetype Longest = 200;
    QString text = QString::fromUtf8(reply.bytes.first(std::min(reply.bytes.size(), Longest)));
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u'?';
    }
    return text;
}

} // namespace parlour::redis
