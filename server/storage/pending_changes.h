// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSet>

#include <optional>

namespace parlour::storage {

/// What a file is still to be told, by key: the newest value alone, or nothing for what is to be
/// removed. It holds no more than there is, in the file and beside it, however long the file cannot
/// be written. One taking at a time is on its way.
template <typename Key, typename Value>
class PendingChanges
{
public:
    using Changes = QHash<Key, std::optional<Value>>;

    /// `inFile`: the keys that the file has.
    explicit PendingChanges(QSet<Key> inFile)
        : m_inFile(std::move(inFile))
    {
    }

    void set(const Key &key, const Value &value) { m_waiting.insert(key, value); }
    void remove(const Key &key)
    {
        if (m_inFile.contains(key) || m_taken.contains(key))
            m_waiting.insert(key, std::nullopt);
        else
            m_waiting.remove(key);
    }
    /// What is waiting of this key, where that is a value.
    std::optional<Value> waiting(const Key &key) const { return m_waiting.value(key); }
    bool isEmpty() const { return m_waiting.isEmpty(); }

    /// All of them, on their way to the file until written() or failed().
    Changes take() { return m_taken = std::exchange(m_waiting, {}); }
    void written()
    {
        const Changes taken = std::exchange(m_taken, {});
        for (auto it = taken.cbegin(); it != taken.cend(); ++it) {
            if (*it)
                m_inFile.insert(it.key());
            else
                m_inFile.remove(it.key());
        }
    }
    void failed()
    {
        Changes taken = std::exchange(m_taken, {});
        taken.insert(std::exchange(m_waiting, {})); // which are newer
        for (auto it = taken.cbegin(); it != taken.cend(); ++it) {
            if (*it || m_inFile.contains(it.key()))
                m_waiting.insert(it.key(), *it);
        }
    }

private:
    QSet<Key> m_inFile;
    Changes m_waiting;
    Changes m_taken;
};

} // namespace parlour::storage
