// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

namespace parlour::redis {

/// One answer of Redis. A value.
struct RedisReply {
    enum class Type {
        Nil,
        Status, ///< "OK"
        Error, ///< "WRONGTYPE Operation against …"
        Integer,
        Bulk, ///< any bytes
        Array,
    };

    Type type = Type::Nil;
    QByteArray bytes; ///< of a Status, an Error or a Bulk
    qint64 integer = 0;
    QList<RedisReply> elements; ///< of an Array

    bool isError() const { return type == Type::Error; }
    /// An Error's first word, by which programs tell it: "WRONGTYPE".
    QByteArray errorCode() const;
};

} // namespace parlour::redis
