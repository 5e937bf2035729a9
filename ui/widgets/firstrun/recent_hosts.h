// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QListView>
#include <QStandardItemModel>

namespace parlour::widgets {

class Theme;

/// A host that was joined before.
struct RecentHost {
    QString title;
    QString address; ///< as people type it
};

/// The hosts that were joined before; a click or Enter on one joins it again.
class RecentHosts final : public QListView
{
    Q_OBJECT
public:
    explicit RecentHosts(const Theme &theme, QWidget *parent = nullptr);

    /// The latest first; those beyond MaxRows are not shown.
    void setHosts(const QList<RecentHost> &hosts);
    bool isEmpty() const { return m_model.rowCount() == 0; }

    static constexpr int MaxRows = 12;
    static constexpr int RowHeight = 52; ///< px of the design
    static constexpr int VisibleRows = 3;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void joinRequested(const QString &address);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(const QModelIndex &index);

    const Theme &m_theme;
    QStandardItemModel m_model;
};

} // namespace parlour::widgets
