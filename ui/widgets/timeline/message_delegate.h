// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/timeline/message_layout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace parlour::widgets {

class Theme;

/// Paints and measures the rows of a MessageListModel. Keeps their layouts by message id, for one
/// width and theme, and never more than a window of messages has.
class MessageDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// theme outlives the delegate.
    explicit MessageDelegate(const Theme &theme, QObject *parent = nullptr);

    /// The width of the rows, and of what stands to the right of them.
    void setGeometry(int width, int scrollBar, bool isCompact);
    /// Fonts or colours changed, or other rows are shown.
    void forgetAll();
    /// What this message says, or how, has changed.
    void forget(const QString &id);

    /// Of the row with the focus, the reaction that keys are at; -1: none.
    void setCurrentChip(int chip) { m_chip = chip; }
    int currentChip() const { return m_chip; }

    /// Valid until the next call.
    const MessageLayout &layoutOf(const QModelIndex &index) const;
    const TimelineStyle &style() const { return m_style; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    struct Known {
        MessageLayout layout;
        int geometry = 0;
    };

    const Theme &m_theme;
    TimelineStyle m_style;
    int m_width = 0;
    int m_geometry = 0; ///< counts the changes of width
    int m_chip = -1;
    mutable QCache<QString, Known> m_layouts;
};

} // namespace parlour::widgets
