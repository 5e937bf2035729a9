// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QPersistentModelIndex>

class QListView;

namespace parlour::widgets {

/// What a list shows stays where it is while rows come and go around it: at the end it follows the
/// end, elsewhere the topmost visible row keeps its place to the pixel.
class ScrollAnchor
{
public:
    /// view outlives the anchor.
    explicit ScrollAnchor(QListView &view);

    /// The person has scrolled: this is what is being read now.
    void note();
    /// Rows or sizes have changed, and the view has laid itself out: back to what was being read.
    void restore();
    /// Rows are about to go; call it before the view hears of it.
    void avoid(int first, int last);
    void stickToEnd();
    /// Whether the last row is the end; else rows that come below it move nothing.
    void setFollowing(bool follows);
    bool isAtEnd() const { return m_isAtEnd; }
    /// The topmost visible row; -1: there is none.
    int row() const { return m_row.row(); }

private:
    QListView &m_view;
    bool m_follows = true;
    bool m_isAtEnd = true;
    QPersistentModelIndex m_row; ///< the topmost visible one
    /// Its last pixel row, from the top of the viewport. Not its first: what is above a message's
    /// text (the line of a day, the head of a group) may come and go.
    int m_bottom = 0;
};

} // namespace parlour::widgets
