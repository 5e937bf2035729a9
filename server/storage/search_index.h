// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QStringView>

#include <algorithm>
#include <array>
#include <deque>
#include <vector>

namespace parlour::storage {

/// Some bits for the beginnings of some words: a word that has none of its bits missing may be
/// among them.
class WordBits
{
public:
    void add(QStringView word);
    bool mayHave(const WordBits &word) const
    {
        quint64 missing = 0;
        for (size_t i = 0; i < m_bits.size(); ++i)
            missing |= word.m_bits[i] & ~m_bits[i];
        return missing == 0;
    }

private:
    std::array<quint64, 4> m_bits{};
};

/// Which messages of a file may have the words of a search: some bits of each, so that few others
/// are read. It is in memory alone and made anew from the file: SQLite leaves copies of what it
/// moves about in the gaps of its pages, so words of an index in the file would outlast the
/// messages that had them. It may be behind the file and never wrong, since what it names is read
/// and looked at. Lives in the storage thread.
class SearchIndex
{
public:
    /// Of messages, by 48 bytes for each dozen different words. A message with more of them than
    /// it may have slots for is named more often than it need be, so that others have place.
    static constexpr size_t MaxSlots = 1'000'000;
    static constexpr int WordsPerSlot = 12;
    static constexpr size_t SlotsPerMessage = 32;
    static constexpr qint64 SlotsAtOnce = 100'000; ///< of a search; a millisecond or two

    /// What it knows lies between these keys of entries, both included; without begin(): none.
    qint64 oldest() const { return m_oldest; }
    qint64 newest() const { return m_newest; }
    bool isBegun() const { return m_oldest > 0; }
    size_t slotCount() const { return m_slots.size(); }
    bool knows(qint64 key) const { return key >= m_oldest && key <= m_newest; }
    /// It has no place for older messages.
    bool isFull() const { return m_slots.size() >= MaxSlots; }

    /// `newest`: the key of the last entry, which is the first that addOlder() may bring.
    void begin(qint64 newest);
    /// The next message in either direction.
    void addNewer(qint64 key, qint64 log, QStringView text);
    void addOlder(qint64 key, qint64 log, QStringView text);
    /// Entries up to these keys are known; those that were not added are no messages.
    void reachNewer(qint64 key) { m_newest = std::max(m_newest, key); }
    void reachOlder(qint64 key) { m_oldest = std::min(m_oldest, key); }

    /// A message may have this text, too, or instead.
    void widen(qint64 key, QStringView text);
    /// Messages that it knows were let go, so many of them at most, and `newest` is the last entry
    /// now. A key that is given again is a new message. It begins anew where much of it is of no
    /// use.
    void drop(qint64 count, qint64 newest);

    /// Shows the messages before a key that may have all words, newest first, until `visit` says
    /// false or so many slots were looked at that others would wait. The answer is the key up to
    /// which it came: where to go on, and oldest() where that was all. `visit` must not change the
    /// index.
    template <typename Visit>
    qint64 walk(qint64 before, const QStringList &words, Visit visit) const
    {
        const std::vector<WordBits> wanted = bitsOf(words);
        const auto begin = std::make_reverse_iterator(find(before));
        auto slot = begin;
        while (slot != m_slots.rend()) {
            if (slot - begin >= SlotsAtOnce)
                return std::prev(slot)->key;
            const auto first = slot;
            quint32 missing = (quint32(1) << wanted.size()) - 1;
            for (; slot != m_slots.rend() && slot->key == first->key; ++slot) {
                for (size_t i = 0; i < wanted.size(); ++i) {
                    if (slot->words.mayHave(wanted[i]))
                        missing &= ~(quint32(1) << i);
                }
            }
            if (missing == 0 && !visit(first->key, first->log))
                return first->key;
        }
        return m_oldest;
    }

private:
    struct Slot {
        qint64 key = 0;
        qint64 log = 0;
        WordBits words;
    };
    static std::vector<WordBits> bitsOf(const QStringList &words);
    /// As many as the text needs; one at least.
    static std::vector<Slot> slotsOf(qint64 key, qint64 log, QStringView text);
    std::deque<Slot>::const_iterator find(qint64 key) const
    {
        return std::partition_point(m_slots.begin(), m_slots.end(),
                                    [key](const Slot &slot) { return slot.key < key; });
    }

    std::deque<Slot> m_slots; ///< by key; a long message has several
    qint64 m_oldest = 0;
    qint64 m_newest = 0;
    qint64 m_dropped = 0; ///< messages that may still be here
};

} // namespace parlour::storage
