// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

#include <array>

namespace parlour::widgets {

class Theme;

namespace monitor {

/// Where the parts of a row of the live list stand; the head above the list uses the same places.
/// Narrow lists leave out type, size and then the receiver.
struct LiveColumns {
    enum Column { Time, Way, From, To, Type, Size, Preview, Count };
    std::array<QRect, Count> places; ///< null: left out

    LiveColumns(const Theme &theme, const QRect &row);
};

/// Paints a row of LiveMessageModel.
class LiveMessageDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    LiveMessageDelegate(const Theme &theme, QObject *parent);
    void setStale(bool isStale) { m_isStale = isStale; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    bool m_isStale = false;
};

/// The titles above the live list.
class LiveMessageHead : public QWidget
{
    Q_OBJECT
public:
    explicit LiveMessageHead(const Theme &theme, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace monitor

} // namespace parlour::widgets
