// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/keyed_rows.h"
#include "models/monitor/roles.h"

#include <QAbstractTableModel>

namespace parlour::models {

/// A table over KeyedRows: setRows() tells views of changed cells, removed and new rows, and never
/// resets. Subclasses say what a cell shows.
template <typename Row>
class KeyedTableModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_rows.size();
    }
    /// Row number by key, -1: not there.
    int rowOf(const typename KeyedRows<Row>::Key &key) const { return m_rows.indexOf(key); }
    const Row &row(int number) const { return m_rows.at(number); }

protected:
    /// The value behind a cell; a cell is told as changed where it differs.
    virtual QVariant sortValue(const Row &row, int column) const = 0;

    void setRows(QList<Row> rows)
    {
        m_changed = {};
        m_rows.update(std::move(rows), changes(), [this](int row, Row &&next) {
            const Span span = changedSpan(m_rows.at(row), next);
            m_rows[row] = std::move(next);
            if (!(m_changed.last + 1 == row && m_changed.left == span.left
                  && m_changed.right == span.right)) {
                tellChanged();
                m_changed = {row, row, span.left, span.right};
            }
            m_changed.last = row;
        });
        tellChanged();
    }

private:
    struct Span {
        int left = -1; ///< -1: nothing changed
        int right = -1;
    };
    /// Rows first to last changed in the same columns.
    struct Block {
        int first = -1;
        int last = -1;
        int left = -1;
        int right = -1;
    };

    RowChanges changes()
    {
        return {
            [this](int first, int last) { beginRemoveRows({}, first, last); },
            [this] { endRemoveRows(); },
            [this](int first, int last) {
                tellChanged();
                beginInsertRows({}, first, last);
            },
            [this] { endInsertRows(); },
        };
    }

    Span changedSpan(const Row &before, const Row &after) const
    {
        Span span;
        if (before == after)
            return span;
        for (int column = 0; column < columnCount(); ++column) {
            if (sortValue(before, column) == sortValue(after, column))
                continue;
            if (span.left < 0)
                span.left = column;
            span.right = column;
        }
        // What no cell shows may still be in a detail: told as a change of the row's first cell.
        return span.left < 0 ? Span{0, 0} : span;
    }

    void tellChanged()
    {
        const Block block = std::exchange(m_changed, {});
        if (block.left >= 0)
            Q_EMIT dataChanged(index(block.first, block.left), index(block.last, block.right));
    }

    KeyedRows<Row> m_rows;
    Block m_changed;
};

} // namespace parlour::models
