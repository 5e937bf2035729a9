// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Where in the room the timeline stands.
#include "models/message_list_model.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/timeline_view.h"

#include <QPushButton>
#include <QScrollBar>

namespace parlour::widgets {

void TimelineView::scrollToEnd()
{
    Q_EMIT endWanted();
    if (m_messages)
        m_messages->showLatest();
    m_anchor.stickToEnd();
    doItemsLayout();
}

void TimelineView::leaveThePast()
{
    if (m_messages && m_messages->isDetached())
        scrollToEnd();
    else
        Q_EMIT endWanted();
}

/// Other rows stand here now.
void TimelineView::reset()
{
    QListView::reset();
    m_delegate->forgetAll();
    m_pressed = {};
    showActions({});
    const bool isDetached = m_messages && m_messages->isDetached();
    m_anchor.setFollowing(!isDetached);
    if (!isDetached)
        m_anchor.stickToEnd();
}

void TimelineView::showUnread()
{
    m_isLanding = true;
    doItemsLayout();
}

bool TimelineView::jumpTo(const QString &id)
{
    if (!m_messages)
        return false;
    if (m_messages->rowOf(id) < 0 && m_messages->isLatest(id))
        m_messages->showLatest();
    const int row = m_messages->rowOf(id);
    if (row < 0)
        return false;
    m_isLanding = false;
    const QModelIndex index = m_messages->index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    scrollTo(index, PositionAtCenter);
    noteScroll(); // it may have stood there before
    return true;
}

/// Who opens a room goes on reading where reading ended.
void TimelineView::landAtUnread()
{
    if (!m_isLanding || m_messages == nullptr || m_messages->rowCount() == 0 || !isVisible())
        return;
    m_isLanding = false;
    const int row = m_messages->unreadRow();
    const int top = row < 0 ? 0 : visualRect(m_messages->index(row)).top();
    // At the end all of it is on the screen where it begins below the top.
    if (top < 0 || m_messages->isDetached())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + top);
}

void TimelineView::noteScroll()
{
    showActions({});
    if (m_isLayingOut)
        return;
    m_anchor.note();
    placeChildren();
    noteReading();
    announceEnd();
    wantMore();
}

/// Before an edge is reached, so that who scrolls on need not wait.
void TimelineView::wantMore()
{
    if (m_messages == nullptr || !isVisible())
        return;
    const QScrollBar &bar = *verticalScrollBar();
    if (bar.value() < viewport()->height())
        m_messages->wantOlder();
    if (bar.maximum() - bar.value() < viewport()->height())
        m_messages->wantNewer();
}

/// Rows that are read do not go.
void TimelineView::noteReading()
{
    if (m_messages)
        m_messages->setReading(m_anchor.isAtEnd() ? -1 : m_anchor.row());
}

void TimelineView::updateJump()
{
    if (m_anchor.isAtEnd())
        m_newMessages = 0;
    const QScrollBar &bar = *verticalScrollBar();
    const bool isFarAway = bar.maximum() - bar.value() > viewport()->height();
    const bool isDetached = m_messages && m_messages->isDetached();
    m_jump->setVisible(m_newMessages > 0 || isFarAway || isDetached);
    m_jump->setText(m_newMessages > 0 ? tr("Jump to latest · %1 new").arg(m_newMessages)
                                      : tr("Jump to latest"));
    m_jump->adjustSize();
}

void TimelineView::announceEnd()
{
    if (m_anchor.isAtEnd() && isVisible() && isActiveWindow() && m_messages != nullptr
        && m_messages->rowCount() > 0)
        Q_EMIT endSeen();
}

} // namespace parlour::widgets
