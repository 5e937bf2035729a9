// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_config.h"

namespace parlour::wiring {

using namespace Qt::StringLiterals;

namespace {

QList<Option> ownOptions()
{
    return {
        {u"listen"_s, Takes::Value, u"ADDRESS:PORT"_s,
         u"where to listen; port 0 takes a free one (default 127.0.0.1:8765)"_s, true},
        {u"title"_s, Takes::Value, u"TEXT"_s, u"the host's name (default: the machine's)"_s},
        {u"data"_s, Takes::Value, u"DIR"_s, u"the data folder, locked while in use"_s},
        {u"ephemeral"_s, Takes::Nothing, {}, u"keep nothing on disk"_s},
        {u"history-count"_s, Takes::Value, u"N"_s,
         u"messages kept of a room; 0: all (default 10000)"_s},
        {u"history-days"_s, Takes::Value, u"N"_s,
         u"days that a message is kept; 0: for ever (default 90)"_s},
        {u"no-history"_s,
         Takes::Nothing,
         {},
         u"keep what is said in memory alone, the last messages of each room"_s},
        {u"plain"_s, Takes::Nothing, {}, u"no TLS at any address (default: none on loopback)"_s},
        {u"tls"_s, Takes::Nothing, {}, u"TLS at every address, loopback too"_s},
        {u"certificate"_s, Takes::Value, u"FILE"_s,
         u"the certificate to show, PEM, its chain behind it (default: an own one)"_s},
        {u"key"_s, Takes::Value, u"FILE"_s, u"its private key, PEM, without a password"_s},
    };
}

QList<Option> layerOptions()
{
    return {
        {u"layer"_s, Takes::Value, u"memory|redis-pubsub|redis-core"_s,
         u"what carries messages: this process alone, or Redis as channels_redis uses it "
         "(default memory, or redis-pubsub with --redis)"_s},
        {u"redis"_s, Takes::Value, u"URL"_s,
         u"a Redis server to share rooms through: redis://[user:password@]host:port[/db], "
         "rediss://…, unix:///path; PARLOUR_REDIS_URL hides a password"_s,
         true},
        {u"redis-prefix"_s, Takes::Value, u"TEXT"_s,
         u"of all names in Redis, as the Django site has it (default asgi)"_s},
        {u"redis-key"_s, Takes::Value, u"KEY"_s,
         u"encrypts messages in Redis; the first encrypts, all decrypt"_s, true},
        {u"worker"_s, Takes::Value, u"NAME"_s,
         u"also say in rooms what others send to this channel, like parlour.say (with "
         "redis-pubsub: at one host)"_s,
         true},
        {u"capacity"_s, Takes::Value, u"N"_s,
         u"untaken messages of a channel before further ones are dropped (default 100)"_s},
        {u"expiry"_s, Takes::Value, u"SECONDS"_s,
         u"a message that waits longer is dropped (default 60)"_s},
        {u"group-expiry"_s, Takes::Value, u"SECONDS"_s,
         u"how long a group keeps a member that shows no sign of life (default 86400)"_s},
    };
}

QList<Option> serverOptions()
{
    const auto coming = [](const QString &name, Takes takes) {
        return Option{name, takes, u"VALUE"_s, {}, true, false};
    };
    return {
        {u"allowed-host"_s, Takes::Value, u"HOST"_s,
         u"a further name or address that clients may call this host by"_s, true},
        {u"allowed-origin"_s, Takes::Value, u"ORIGIN"_s,
         u"a further origin whose pages may connect"_s, true},
        {u"trusted-proxy"_s, Takes::Value, u"ADDRESS"_s,
         u"a proxy, or a network of them like 10.0.0.0/8, whose X-Forwarded-* are believed"_s,
         true},
        {u"max-message"_s, Takes::Value, u"BYTES"_s,
         u"largest message of a client (default 65536, at most 1048576)"_s},
        {u"rate"_s, Takes::Value, u"RATE/BURST"_s,
         u"messages a second and at once, per connection; 0: no limit (default 100/1000)"_s},
        {u"max-connections"_s, Takes::Value, u"N"_s,
         u"open connections; 0: no limit (default 20000)"_s},
        {u"max-per-address"_s, Takes::Value, u"N"_s,
         u"open connections of one address; 0: no limit (default 1024)"_s},
        {u"body-timeout"_s, Takes::Value, u"SECONDS"_s,
         u"for the whole body of an HTTP request, over it 408; 0: no limit (default 60)"_s},
        {u"answer-timeout"_s, Takes::Value, u"SECONDS"_s,
         u"for the beginning of its answer, over it 503; 0: no limit (default 0)"_s},
        {u"engine"_s, Takes::Value, u"native|qt"_s,
         u"our RFC 6455 code, or QWebSocketServer (default native)"_s},
        {u"echo"_s, Takes::Nothing, {}, u"add ws/echo/, which returns every message"_s},
        {u"config"_s, Takes::Value, u"FILE"_s,
         u"read options from an INI file; the line and the environment win"_s},
        {u"log-level"_s, Takes::Value, u"LEVEL"_s,
         u"debug, info, warning or error (default info)"_s},
        coming(u"no-discovery"_s, Takes::Nothing),
    };
}

} // namespace

QList<Option> hostOptions()
{
    return ownOptions() + layerOptions() + serverOptions();
}

} // namespace parlour::wiring
