// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What a server says that may be no Redis at all; the first byte is the size of the pieces in which
// it comes.
#include "fuzz/promise.h"
#include "redis/redis_command.h"
#include "redis/redis_reply.h"
#include "redis/reply_reader.h"

#include <QList>

using namespace parlour::fuzz;
using namespace parlour::redis;

namespace {

constexpr ReplyReader::Limits Limits{.bytes = 2048, .elements = 64, .lineBytes = 128};

struct Read {
    QList<RedisReply> replies;
    bool hasFailed = false;
};

int elementsOf(const RedisReply &reply)
{
    int count = int(reply.elements.size());
    for (const RedisReply &element : reply.elements)
        count += elementsOf(element);
    return count;
}

void checkReply(const RedisReply &reply)
{
    require(elementsOf(reply) <= Limits.elements, "a reply has no more elements than it may");
    require(reply.bytes.size() <= Limits.bytes, "a reply is no longer than it may be");
    require(reply.isError() || reply.errorCode().isEmpty(), "only errors have a code");
}

Read readAll(QByteArrayView bytes, qsizetype pieces)
{
    ReplyReader reader(Limits);
    Read read;
    inPieces(bytes, pieces, [&](QByteArrayView piece) {
        reader.feed(piece);
        for (;;) {
            const auto reply = reader.next();
            if (!reply) {
                require(!reply.error().message.isEmpty(), "a refusal says why");
                read.hasFailed = true;
                return;
            }
            if (!*reply)
                return;
            require(!read.hasFailed, "nothing is read after a failure");
            checkReply(**reply);
            read.replies.append(**reply);
        }
    });
    return read;
}

bool isSame(const RedisReply &a, const RedisReply &b)
{
    return a.type == b.type && a.bytes == b.bytes && a.integer == b.integer
        && std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                      isSame);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView bytes = input(data, size).sliced(1);
    const Read whole = readAll(bytes, bytes.size());
    const Read pieces = readAll(bytes, 1 + data[0] % 16);
    // A limit is on what was begun and has no end yet, so that a piece may meet it and the whole
    // not.
    require(pieces.hasFailed || !whole.hasFailed, "the whole fails only where its pieces do");
    const auto both = std::min(whole.replies.size(), pieces.replies.size());
    require(pieces.hasFailed || both == whole.replies.size(), "pieces say all that the whole says");
    require(std::equal(whole.replies.begin(), whole.replies.begin() + both, pieces.replies.begin(),
                       isSame),
            "pieces say what the whole says");
    return 0;
}
