// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QGridLayout;
class QScrollArea;
class QStackedLayout;
class QTableView;

namespace parlour::models {
class BridgeHostModel;
class BridgeModel;
class NotSharedModel;
} // namespace parlour::models

namespace parlour::widgets {

class Banner;
class TextLabel;
class Theme;

namespace monitor {

class BridgeFacts;
class CellDelegate;
class Chart;
class Tile;

/// How the host shares its rooms with other processes: what does not answer, tiles, the link, and
/// what others never got. Or that it shares them with nobody.
class BridgePage : public QWidget
{
    Q_OBJECT
public:
    /// The models outlive the page.
    struct Models {
        models::BridgeModel &bridge;
        models::BridgeHostModel &hosts;
        models::NotSharedModel &notShared;
    };

    BridgePage(const Theme &theme, const Models &models, QWidget *parent = nullptr);
    void refresh();
    void setStale(bool isStale);
    /// The host is this app's, which can change how it shares.
    void setOwn(bool isOwn);

Q_SIGNALS:
    void settingsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeEmpty(bool isOwn);
    QWidget *makeContent();
    void addTiles();
    QWidget *makeTableCard(const QString &title, QTableView &table, QWidget *below = nullptr);
    QTableView *makeTable(QAbstractItemModel &model, const QString &name, int wideColumn);
    void fitTable(QTableView &table) const;
    void showTables();
    void arrange();

    const Theme &m_theme;
    Models m_models;
    QStackedLayout *m_pages;
    Banner *m_banner;
    QScrollArea *m_scroll;
    QGridLayout *m_tileGrid;
    QGridLayout *m_cardGrid;
    QList<Tile *> m_tiles;
    BridgeFacts *m_facts;
    Chart *m_chart;
    QTableView *m_hosts;
    QWidget *m_hostCard;
    QTableView *m_notShared;
    TextLabel *m_allShared;
    CellDelegate *m_delegate;
    int m_columns = 0;
    bool m_isOwn = false;
    bool m_isStale = false; ///< what is shown is what was last known
};

} // namespace monitor

} // namespace parlour::widgets
