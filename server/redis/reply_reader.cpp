// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/reply_reader.h"

#include <algorithm>
#include <cstring>
#include <hiredis/hiredis.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::redis {

/// What hiredis' calls back with builds. hiredis parses on a fixed stack, eight arrays deep.
struct ReplyReader::Building {
    Limits limits;
    qint64 bytes = 0; ///< fed since the last whole reply
    int elements = 0; ///< of the reply under way
    QString problem; ///< once there is one, nothing is read any more

    static RedisReply *add(const redisReadTask *task, RedisReply reply);
    static void *addText(const redisReadTask *task, char *text, size_t size);
    static void *addArray(const redisReadTask *task, long long size);
    static redisReplyObjectFunctions &functions();
};

// A null pointer ends the parsing. The parent's list does not grow while one of its elements is
// still being read, so a pointer into it stays good for as long as hiredis needs it.
RedisReply *ReplyReader::Building::add(const redisReadTask *task, RedisReply reply)
{
    auto &building = *static_cast<Building *>(task->privdata);
    if (++building.elements > building.limits.elements) {
        building.problem = u"an answer of more than %1 elements"_s.arg(building.limits.elements);
        return nullptr;
    }
    if (!task->parent)
        return new RedisReply(std::move(reply)); // NOLINT: hiredis keeps it until next()
    auto &elements = static_cast<RedisReply *>(task->parent->obj)->elements;
    elements.append(std::move(reply));
    return &elements.last();
}

void *ReplyReader::Building::addText(const redisReadTask *task, char *text, size_t size)
{
    using enum RedisReply::Type;
    const auto type = task->type == REDIS_REPLY_ERROR ? Error
        : task->type == REDIS_REPLY_STATUS            ? Status
                                                      : Bulk;
    return add(task, {type, QByteArray(text, qsizetype(size)), 0, {}});
}

// Unpatched releases of hiredis cut a size of more than 32 bits down to what may be negative.
void *ReplyReader::Building::addArray(const redisReadTask *task, long long size)
{
    auto &building = *static_cast<Building *>(task->privdata);
    if (size < 0 || size > building.limits.elements) {
        building.problem = u"an array of more than %1 elements"_s.arg(building.limits.elements);
        return nullptr;
    }
    return add(task, {RedisReply::Type::Array, {}, 0, {}});
}

redisReplyObjectFunctions &ReplyReader::Building::functions()
{
    static redisReplyObjectFunctions all = [](auto kept) {
        kept.createString = addText;
        kept.createArray = [](const redisReadTask *task, auto size) -> void * {
            return addArray(task, static_cast<long long>(size));
        };
        kept.createInteger = [](const redisReadTask *task, long long value) -> void * {
            return add(task, {RedisReply::Type::Integer, {}, value, {}});
        };
        kept.createNil = [](const redisReadTask *task) -> void * { return add(task, {}); };
        kept.freeObject = [](void *reply) { delete static_cast<RedisReply *>(reply); };
        // Later releases of hiredis know RESP3, which nobody asked for here.
        if constexpr (requires { kept.createDouble; })
            kept.createDouble = [](const redisReadTask *, double, char *, size_t) -> void * {
                return nullptr;
            };
        if constexpr (requires { kept.createBool; })
            kept.createBool = [](const redisReadTask *, int) -> void * { return nullptr; };
        return kept;
    }(redisReplyObjectFunctions{});
    return all;
}

ReplyReader::ReplyReader()
    : ReplyReader(Limits{})
{
}

ReplyReader::ReplyReader(const Limits &limits)
    : m_building(std::make_unique<Building>())
    , m_reader(redisReaderCreateWithFunctions(&Building::functions()), redisReaderFree)
{
    m_building->limits = limits;
    m_reader->privdata = m_building.get();
}

ReplyReader::~ReplyReader() = default;

void ReplyReader::feed(QByteArrayView bytes)
{
    if (!m_building->problem.isEmpty())
        return;
    m_building->bytes += bytes.size();
    redisReaderFeed(m_reader.get(), bytes.data(), size_t(bytes.size()));
}

channels::Expected<std::optional<RedisReply>> ReplyReader::next()
{
    auto &building = *m_building;
    void *whole = nullptr;
    if (building.problem.isEmpty() && redisReaderGetReply(m_reader.get(), &whole) != REDIS_OK
        && building.problem.isEmpty())
        building.problem = QString::fromLatin1(redisReaderGetError(m_reader.get()));
    if (const std::unique_ptr<RedisReply> reply(static_cast<RedisReply *>(whole)); reply) {
        building.elements = 0;
        building.bytes = qint64(m_reader->len - m_reader->pos);
        return std::optional(std::move(*reply));
    }
    if (building.problem.isEmpty())
        building.problem = overLimit();
    if (!building.problem.isEmpty())
        return channels::Error{u"redis_protocol"_s,
                               u"what answers there is no Redis: "_s + building.problem};
    return std::optional<RedisReply>();
}

// hiredis itself waits for the end of whatever was begun, and looks for the end of a line from its
// beginning each time.
QString ReplyReader::overLimit() const
{
    const auto &limits = m_building->limits;
    if (m_building->bytes > limits.bytes)
        return u"an answer of more than %1 bytes"_s.arg(limits.bytes);
    const size_t unread = m_reader->len - m_reader->pos;
    const auto longest = size_t(limits.lineBytes);
    if (unread > longest && !std::memchr(m_reader->buf + m_reader->pos, '\r', longest))
        return u"a line of more than %1 bytes"_s.arg(limits.lineBytes);
    return {};
}

} // namespace parlour::redis
