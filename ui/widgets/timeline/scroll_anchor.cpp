// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/scroll_anchor.h"

#include <QListView>
#include <QScrollBar>

namespace parlour::widgets {

ScrollAnchor::ScrollAnchor(QListView &view)
    : m_view(view)
{
}

void ScrollAnchor::note()
{
    const QScrollBar &bar = *m_view.verticalScrollBar();
    m_isAtEnd = m_follows && bar.value() >= bar.maximum();
    m_row = m_view.indexAt({m_view.viewport()->width() / 2, 0});
    m_bottom = m_row.isValid() ? m_view.visualRect(m_row).bottom() : 0;
}

void ScrollAnchor::restore()
{
    QScrollBar &bar = *m_view.verticalScrollBar();
    if (m_isAtEnd)
        bar.setValue(bar.maximum());
    else if (m_row.isValid())
        bar.setValue(bar.value() + m_view.visualRect(m_row).bottom() - m_bottom);
    note();
}

void ScrollAnchor::avoid(int first, int last)
{
    if (!m_row.isValid() || m_row.row() < first || m_row.row() > last)
        return;
    m_row = m_row.model()->index(last + 1, 0);
    m_bottom = m_row.isValid() ? m_view.visualRect(m_row).bottom() : 0;
}

void ScrollAnchor::stickToEnd()
{
    m_isAtEnd = true;
}

void ScrollAnchor::setFollowing(bool follows)
{
    m_follows = follows;
    m_isAtEnd = m_isAtEnd && follows;
}

} // namespace parlour::widgets
