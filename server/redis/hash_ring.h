// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace parlour::redis {

/// Which of `hosts` Redis servers (at least one) keeps a name: 0 to hosts - 1.
/// Counterpart: channels_redis.utils._consistent_hash.
int hostIndex(QByteArrayView name, int hosts);

} // namespace parlour::redis
