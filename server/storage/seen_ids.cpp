// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/seen_ids.h"

#include <QHash>

#include <algorithm>

namespace parlour::storage {

namespace {

/// Of the bits that an id has; `visit` says whether it goes on.
template <typename Visit>
bool forBits(size_t hash, size_t count, Visit visit)
{
    constexpr int BitsPerId = 4;
    const quint64 step = (quint64(hash) * 0x9e3779b97f4a7c15) >> 17 | 1;
    for (int i = 0; i < BitsPerId; ++i) {
        const size_t bit = size_t(hash + quint64(i) * step) & (count - 1);
        if (!visit(bit / 64, quint64(1) << bit % 64))
            return false;
    }
    return true;
}

} // namespace

size_t SeenIds::hash(const QString &epoch, const QString &id)
{
    return qHashMulti(0, epoch, id.toLower());
}

void SeenIds::add(size_t hash)
{
    ++m_count;
    forBits(hash, Bits, [this](size_t word, quint64 bit) {
        m_words[word] |= bit;
        return true;
    });
}

bool SeenIds::mayHave(size_t hash) const
{
    return forBits(hash, Bits,
                   [this](size_t word, quint64 bit) { return (m_words[word] & bit) != 0; });
}

void SeenIds::clear()
{
    std::fill(m_words.begin(), m_words.end(), 0);
    m_count = 0;
}

} // namespace parlour::storage
