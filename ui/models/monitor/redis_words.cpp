// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/redis_words.h"

#include "models/monitor/format.h"

#include <QCoreApplication>

#include <array>

namespace parlour::models {

using namespace Qt::StringLiterals;

namespace {

struct Known {
    const char *beginning; ///< of the problem
    const char *words;
    const char *end = ""; ///< of the problem, too
};

// The longer of two that begin alike comes first.
constexpr std::array KnownProblems{
    Known{"Connection refused",
          QT_TRANSLATE_NOOP(
              "parlour::models::RedisWords",
              "Nobody listens at this address. Is Redis running there, and is the port right?")},
    Known{"nobody listens at this socket",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Nobody listens at this socket. Is Redis running?")},
    Known{"there is no such socket",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "There is no such socket. Is Redis running?")},
    Known{"this program may not open this socket",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Parlour may not open this socket. Its file has to allow it.")},
    Known{"Host not found",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "No computer of this name is known. Is it written right?")},
    Known{"Network unreachable",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "There is no way to this computer. Check the network.")},
    Known{"Host unreachable",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "There is no way to this computer. Check the network.")},
    Known{"no answer within",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "No answer in time. If this Redis speaks no TLS, write redis://."),
          "(does it speak TLS?)"},
    Known{"no answer within",
          QT_TRANSLATE_NOOP(
              "parlour::models::RedisWords",
              "No answer in time. Is the address right, and does a firewall let it through?")},
    Known{"no answer to",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "Redis does not answer any more.")},
    Known{"Redis ended the connection (does it want TLS?)",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis ended the connection. If it wants TLS, write rediss://.")},
    Known{"Redis ended the connection",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "Redis ended the connection.")},
    Known{"what answers there is no Redis",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "What answers there is not Redis.")},
    Known{"Error during SSL handshake",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "TLS does not come about. If this Redis speaks none, write redis://.")},
    Known{"the certificate of Redis is not to be trusted",
          QT_TRANSLATE_NOOP(
              "parlour::models::RedisWords",
              "The certificate of Redis is not to be trusted. Name the file of who has signed "
              "it: rediss://host?ssl_ca_certs=/path/ca.pem")},
    Known{"no certificate",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "The certificate files in the address cannot be read.")},
    Known{"Redis asks for a password",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis asks for a password: redis://:password@host")},
    Known{"Redis does not take this",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "Redis does not take this password.")},
    Known{"Redis has no password",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis has no password. Take it out of the address.")},
    Known{
        "Redis has no database",
        QT_TRANSLATE_NOOP("parlour::models::RedisWords", "Redis has no database of this number.")},
    Known{"Redis has as many clients",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis has as many clients as it may have.")},
    Known{"Redis is in protected mode",
          QT_TRANSLATE_NOOP(
              "parlour::models::RedisWords",
              "Redis takes programs of its own computer alone (protected mode). Give it a "
              "password.")},
    Known{"this user may not do",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "This user may not do in Redis what is needed (ACL).")},
    Known{"Redis is still loading",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "Redis is still loading its data.")},
    Known{"Redis has no memory left",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis has no memory left and keeps nothing new.")},
    Known{
        "this Redis is a replica",
        QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                          "This Redis is a replica and takes nothing new. Connect to its master.")},
    Known{"Redis cannot save",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "Redis cannot save to its disk and takes nothing new.")},
    Known{"must be 1 to 200 bytes",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords", "The prefix is too long.")},
    Known{"the address of Redis begins with none",
          QT_TRANSLATE_NOOP(
              "parlour::models::RedisWords",
              "An address of Redis begins with redis://, rediss:// (encrypted) or unix://.")},
    Known{"the address of Redis has a port",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "The port is a number from 1 to 65535: redis://localhost:6379")},
    Known{"the address of Redis has a database",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "The database is a number from 0 on: redis://localhost:6379/1")},
    Known{"the address of Redis has a user and no",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "A user needs a password: redis://user:password@host")},
    Known{"the address of Redis has no path",
          QT_TRANSLATE_NOOP("parlour::models::RedisWords",
                            "A socket needs its whole path: unix:///run/redis/redis.sock")},
};

/// Qt says some of them in the language of the program.
bool begins(const QString &problem, const char *beginning)
{
    return problem.startsWith(QLatin1StringView(beginning))
        || problem == QCoreApplication::translate("QAbstractSocket", beginning);
}

} // namespace

QString redisInOurWords(const QString &problem)
{
    for (const Known &known : KnownProblems) {
        if (begins(problem, known.beginning) && problem.endsWith(QLatin1StringView(known.end)))
            return QCoreApplication::translate("parlour::models::RedisWords", known.words);
    }
    return oneLine(problem);
}

} // namespace parlour::models
