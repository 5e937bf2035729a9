// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QAbstractItemView;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace parlour::widgets {

class Theme;

namespace monitor {

class CellDelegate;

/// What the pages with tables share: a bar with a filter field, the view over a sorted and filtered
/// model, a line when the view is empty, and a line that counts the rows that were left out.
class TablePage : public QWidget
{
    Q_OBJECT
public:
    void setStale(bool isStale);
    /// Rows that the host did not send because its lists are bounded.
    void setLeftOut(int rows);
    QAbstractItemView &view() const { return *m_view; }

protected:
    struct Words {
        QString placeholder; ///< of the filter field
        QString filterName; ///< its accessible name
        QString empty; ///< shown while there are no rows
    };
    /// `view` becomes a child; `source` outlives the page.
    TablePage(const Theme &theme, QAbstractItemModel &source, QAbstractItemView *view,
              const Words &words);

    const Theme &theme() const { return m_theme; }
    QSortFilterProxyModel &proxy() const { return *m_proxy; }
    QHBoxLayout &bar() const { return *m_bar; } ///< for what stands right of the filter
    QHBoxLayout &body() const { return *m_body; } ///< for what stands right of the table
    QWidget &tableArea() const { return *m_tableArea; } ///< bar, view and lines
    QLineEdit &filter() const { return *m_filter; }

private:
    void showEmptiness();

    const Theme &m_theme;
    QSortFilterProxyModel *m_proxy; ///< a child
    QAbstractItemView *m_view;
    QLineEdit *m_filter;
    QHBoxLayout *m_bar;
    QHBoxLayout *m_body;
    QWidget *m_tableArea;
    QLabel *m_empty;
    QLabel *m_leftOut;
    CellDelegate *m_delegate;
    QString m_emptyWords;
};

} // namespace monitor

} // namespace parlour::widgets
