// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace parlour::storage {

/// Tells ids that no log of a file has, without reading it: a Bloom filter, so it may take a new id
/// for a known one, the more often the more it has (of a million one in fifty), and never the other
/// way round.
class SeenIds
{
public:
    /// Of an entry's id in the log of this epoch; ids that differ in case alone are one.
    static size_t hash(const QString &epoch, const QString &id);

    void add(size_t hash);
    bool mayHave(size_t hash) const;
    qint64 count() const { return m_count; } ///< added, also again
    bool isCrowded() const { return m_count > qint64(Bits / 4); }
    void clear();

private:
    static constexpr size_t Bits = size_t(8) * 1024 * 1024; ///< a power of two
    std::vector<quint64> m_words = std::vector<quint64>(Bits / 64);
    qint64 m_count = 0;
};

} // namespace parlour::storage
