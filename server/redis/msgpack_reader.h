// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "redis/msgpack_limits.h"

#include <QByteArrayView>
#include <QVariantMap>

namespace parlour::redis {

/// Reads a map of msgpack from bytes that nobody vouches for; a size that they only claim allocates
/// nothing. Integers become qint64, from 2^63 on quint64; floats double; nil a null pointer. As in
/// Python, longer forms than needed are taken, the last of equal keys counts, and a key may be bin
/// (here where it is UTF-8).
/// Fails (bad_body), and says what is wrong: no map, trailing bytes, truncation, bad UTF-8, a key
/// of another type, over the limits, and an ext value (Python has a type for it; nobody sends one).
/// Counterpart: msgpack.unpackb(body, raw=False, strict_map_key=True).
channels::Expected<QVariantMap> readMsgpack(QByteArrayView body, const MsgpackLimits &limits = {});

} // namespace parlour::redis
