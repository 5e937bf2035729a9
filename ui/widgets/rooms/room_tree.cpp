// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/room_tree.h"

#include "models/room_tree_model.h"
#include "widgets/rooms/room_delegate.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

#include <algorithm>

namespace parlour::widgets {

using models::RoomTreeModel;

RoomTree::RoomTree(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
{
    setAccessibleName(tr("Rooms"));
    setItemDelegate(new RoomDelegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setIndentation(0);
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection); // what is marked is the shown room, said by showAsCurrent()
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    m_change.setSingleShot(true);
    connect(&m_change, &QTimer::timeout, this, &RoomTree::count);
    connect(this, &QTreeView::clicked, this, &RoomTree::choose);
    connect(&theme, &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        viewport()->update();
    });
}

void RoomTree::setModel(QAbstractItemModel *newModel)
{
    if (model() != nullptr) {
        model()->disconnect(this);
    }
    QTreeView::setModel(newModel);
    expandAll();
    // A host opens when its first room comes; what was folded by hand stays so.
    connect(newModel, &QAbstractItemModel::rowsInserted, this,
            [this, newModel](const QModelIndex &parent, int first) {
                if (parent.isValid() && first == 0 && newModel->rowCount(parent) >= 1) {
                    expand(parent);
                }
            });
}

void RoomTree::showAsCurrent(const QModelIndex &room)
{
    m_shown = room;
    if (!room.isValid()) {
        selectionModel()->clearSelection();
        return;
    }
    selectionModel()->select(room, QItemSelectionModel::ClearAndSelect);
    setCurrentIndex(room);
    scrollTo(room);
}

void RoomTree::chooseNext(int step)
{
    QList<QModelIndex> rooms;
    for (int host = 0; host < model()->rowCount(); ++host) {
        const QModelIndex parent = model()->index(host, 0);
        for (int row = 0; row < model()->rowCount(parent); ++row) {
            rooms << model()->index(row, 0, parent);
        }
    }
    if (rooms.isEmpty()) {
        return;
    }
    const qsizetype now = rooms.indexOf(QModelIndex(m_shown));
    const qsizetype next = now < 0 ? 0 : (now + step + rooms.size()) % rooms.size();
    choose(rooms.at(next));
}

void RoomTree::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isEnter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        choose(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void RoomTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid()) {
        Q_EMIT menuRequested(index,
                             isByKey ? viewport()->mapToGlobal(visualRect(index).center())
                                     : event->globalPos());
    }
}

void RoomTree::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    count();
}

void RoomTree::hideEvent(QHideEvent *event)
{
    QTreeView::hideEvent(event);
    m_change.stop();
}

void RoomTree::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                           const QList<int> &roles)
{
    QTreeView::dataChanged(topLeft, bottomRight, roles);
    if (!topLeft.parent().isValid()) // of a host
        count();
}

/// Shows how long hosts still wait; again when the first of these numbers changes.
void RoomTree::count()
{
    constexpr int Second = 1000;
    m_change.stop();
    if (!isVisible() || model() == nullptr)
        return;
    int next = Second + 1;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex host = model()->index(row, 0);
        const auto link = host.data(RoomTreeModel::LinkRole).value<chat::Link>();
        if (link.state != chat::LinkState::Waiting)
            continue;
        update(host);
        if (const int left = host.data(RoomTreeModel::RetryRole).toInt(); left > 0)
            next = std::min(next, (left - 1) % Second + 1);
    }
    if (next <= Second)
        m_change.start(next);
}

// The delegate draws the chevron.
void RoomTree::drawBranches(QPainter * /*painter*/, const QRect & /*rect*/,
                            const QModelIndex & /*index*/) const
{
}

void RoomTree::choose(const QModelIndex &index)
{
    if (index.data(RoomTreeModel::IsHostRole).toBool()) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    Q_EMIT roomActivated(index.data(RoomTreeModel::HostIdRole).toString(),
                         index.data(RoomTreeModel::RoomIdRole).toString());
}

} // namespace parlour::widgets
