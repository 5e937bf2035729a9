// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "redis/msgpack_limits.h"

#include <QByteArray>
#include <QVariantMap>

namespace parlour::redis {

/// Writes a map as msgpack, in the very bytes that Python's packer makes: every integer in its
/// shortest form and unsigned from 0 on, floats always float64, text and bytes apart. Known are
/// null, bool, integers, floats, QString, QByteArray, QVariantList, QStringList and QVariantMap.
/// A value, used in one thread. Counterpart: msgpack.packb(message, use_bin_type=True).
class MsgpackWriter
{
public:
    explicit MsgpackWriter(const MsgpackLimits &limits = {});

    /// First: how many pairs come.
    void beginMap(qsizetype pairs);
    void pair(const QString &key, const QVariant &value);

    /// What was written. Fails (not_serializable) where a value has no form in msgpack, a text has
    /// half a surrogate pair, or it is over the limits.
    channels::Expected<QByteArray> result() const;

private:
    void text(const QString &text);
    void value(const QVariant &value, int depth);
    void number(const QVariant &value);
    void float64(double number);
    void bytes(const QByteArray &bytes);
    void list(const QVariantList &list, int depth);
    void map(const QVariantMap &map, int depth);
    bool isWithinLimits();
    bool isTooDeep(int depth);
    void fail(const QString &problem);

    MsgpackLimits m_limits;
    QByteArray m_bytes;
    QString m_problem; ///< the first one; nothing is written after it
    int m_values = 0;
};

/// A map that a MsgpackWriter wrote, with one more pair (written by another one, without a
/// beginMap()) at its end: only the header is made anew.
QByteArray withPair(const QByteArray &map, const QByteArray &pair);

} // namespace parlour::redis
