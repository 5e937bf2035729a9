// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/search_index.h"

#include "chat/search_words.h"

namespace parlour::storage {

namespace {

// Bits for a word's first letter, its first two and so on: more for few letters, of which most
// messages have some. A dozen words fill a third.
struct Beginning {
    qsizetype length;
    int bits;
};
constexpr std::array Beginnings{Beginning{1, 3}, Beginning{2, 2}, Beginning{3, 2}, Beginning{4, 2},
                                Beginning{6, 2}};

// A message that was dropped costs its memory alone, so much of that is borne.
constexpr qint64 LeastDropped = 1000;

quint64 mixed(quint64 hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

} // namespace

void WordBits::add(QStringView word)
{
    quint64 hash = 0xcbf29ce484222325;
    qsizetype at = 0;
    for (const auto &[length, bits] : Beginnings) {
        if (word.size() < length)
            return;
        for (; at < length; ++at)
            hash = (hash ^ word.at(at).unicode()) * 0x100000001b3;
        quint64 drawn = mixed(hash);
        for (int i = 0; i < bits; ++i, drawn >>= 8)
            m_bits[(drawn >> 6) & 3] |= quint64(1) << (drawn & 63);
    }
}

std::vector<WordBits> SearchIndex::bitsOf(const QStringList &words)
{
    std::vector<WordBits> bits;
    for (const QString &word : words)
        bits.emplace_back().add(word);
    return bits;
}

std::vector<SearchIndex::Slot> SearchIndex::slotsOf(qint64 key, qint64 log, QStringView text)
{
    std::vector<Slot> made{Slot{key, log, {}}};
    int words = 0; // in the last slot
    for (chat::WordReader reader(text); reader.next();) {
        WordBits word;
        word.add(reader.word());
        const bool isNamed = std::any_of(made.begin(), made.end(), [&word](const Slot &slot) {
            return slot.words.mayHave(word);
        });
        if (isNamed)
            continue;
        if (words == WordsPerSlot && made.size() < SlotsPerMessage) {
            made.push_back({key, log, {}});
            words = 0;
        }
        made.back().words.add(reader.word());
        ++words;
    }
    return made;
}

void SearchIndex::begin(qint64 newest)
{
    m_slots.clear();
    m_newest = newest;
    m_oldest = newest + 1;
    m_dropped = 0;
}

void SearchIndex::addNewer(qint64 key, qint64 log, QStringView text)
{
    const auto added = slotsOf(key, log, text);
    m_slots.insert(m_slots.end(), added.begin(), added.end());
    reachNewer(key);
    if (m_slots.size() <= MaxSlots)
        return;
    m_oldest = m_slots[m_slots.size() - MaxSlots - 1].key + 1; // of no message a part alone
    m_slots.erase(m_slots.begin(), m_slots.begin() + (find(m_oldest) - m_slots.cbegin()));
}

void SearchIndex::addOlder(qint64 key, qint64 log, QStringView text)
{
    const auto added = slotsOf(key, log, text);
    m_slots.insert(m_slots.begin(), added.begin(), added.end());
    reachOlder(key);
}

void SearchIndex::widen(qint64 key, QStringView text)
{
    const auto slot = m_slots.begin() + (find(key) - m_slots.cbegin());
    if (slot == m_slots.end() || slot->key != key)
        return;
    for (chat::WordReader reader(text); reader.next();)
        slot->words.add(reader.word());
}

void SearchIndex::drop(qint64 count, qint64 newest)
{
    while (!m_slots.empty() && m_slots.back().key > newest)
        m_slots.pop_back();
    m_newest = std::min(m_newest, newest);
    m_oldest = std::min(m_oldest, m_newest + 1);
    m_dropped += count;
    if (m_dropped > std::max(LeastDropped, qint64(m_slots.size() / 2)))
        *this = SearchIndex();
}

} // namespace parlour::storage
