// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>

#include <functional>
#include <utility>

namespace parlour::models {

/// How a model tells its views what happens to its rows. All ranges are closed.
struct RowChanges {
    std::function<void(int first, int last)> beginRemove;
    std::function<void()> endRemove;
    std::function<void(int first, int last)> beginInsert;
    std::function<void()> endInsert;
};

/// Rows known by a key that keep their place while they live: the next list's values go into the
/// old places, what is gone is removed and what is new is appended. Views so keep selection and
/// scroll position. A key that comes twice counts once.
template <typename Row>
class KeyedRows
{
public:
    using Key = std::decay_t<decltype(std::declval<Row>().key())>;

    int size() const { return int(m_rows.size()); }
    const Row &at(int row) const { return m_rows.at(row); }
    Row &operator[](int row) { return m_rows[row]; }
    int indexOf(const Key &key) const { return m_index.value(key, -1); }

    /// `replace(row, next)` puts a kept row's new value in place and may tell that it changed.
    template <typename Replace>
    void update(QList<Row> next, const RowChanges &changes, Replace replace)
    {
        QHash<Key, int> wanted;
        wanted.reserve(next.size());
        for (int i = 0; i < next.size(); ++i) {
            if (const Key key = next.at(i).key(); !wanted.contains(key))
                wanted.insert(key, i);
        }
        removeMissing(wanted, changes);
        for (int row = 0; row < size(); ++row) {
            const int from = wanted.take(m_rows.at(row).key());
            replace(row, std::move(next[from]));
        }
        appendNew(std::move(next), wanted, changes);
    }

private:
    void removeMissing(const QHash<Key, int> &wanted, const RowChanges &changes)
    {
        int last = size() - 1;
        while (last >= 0) {
            if (wanted.contains(m_rows.at(last).key())) {
                --last;
                continue;
            }
            int first = last;
            while (first > 0 && !wanted.contains(m_rows.at(first - 1).key()))
                --first;
            changes.beginRemove(first, last);
            m_rows.remove(first, last - first + 1);
            reindex();
            changes.endRemove();
            last = first - 1;
        }
    }

    void appendNew(QList<Row> next, const QHash<Key, int> &wanted, const RowChanges &changes)
    {
        if (wanted.isEmpty())
            return;
        changes.beginInsert(size(), size() + int(wanted.size()) - 1);
        for (int i = 0; i < next.size(); ++i) {
            // Only a key's first row is wanted; rows that went into old places left the hash.
            if (wanted.value(next.at(i).key(), -1) == i)
                m_rows.append(std::move(next[i]));
        }
        reindex();
        changes.endInsert();
    }

    void reindex()
    {
        m_index.clear();
        m_index.reserve(m_rows.size());
        for (int row = 0; row < size(); ++row)
            m_index.insert(m_rows.at(row).key(), row);
    }

    QList<Row> m_rows;
    QHash<Key, int> m_index;
};

} // namespace parlour::models
