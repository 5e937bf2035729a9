// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QTreeView>

namespace parlour::widgets {

class Theme;

/// Hosts and rooms. A click or Enter on a room chooses it, on a host folds it; the row that is
/// marked is the room that is shown, wherever the keyboard is. Works on models::RoomTreeModel.
class RoomTree final : public QTreeView
{
    Q_OBJECT
public:
    explicit RoomTree(const Theme &theme, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Marks the room that is shown; an invalid index: none is.
    void showAsCurrent(const QModelIndex &room);
    /// The room `step` rooms below (above) the marked one, over all hosts; chosen like by a click.
    void chooseNext(int step);

Q_SIGNALS:
    void roomActivated(const QString &hostId, const QString &room);
    /// A menu is wanted for the host or room of that row, at a place on the screen.
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void drawBranches(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;

private:
    void choose(const QModelIndex &index);
    void count();

    QTimer m_change; ///< of what is said of a host that waits for its next try
    QPersistentModelIndex m_shown;
};

} // namespace parlour::widgets
