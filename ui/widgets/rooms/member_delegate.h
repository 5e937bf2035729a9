// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace parlour::widgets {

class Theme;

/// Paints people of MemberListModel: avatar, name, a second line for who is more than a guest or of
/// another host, and a mark for who came by browser.
class MemberDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit MemberDelegate(const Theme &theme, QObject *parent = nullptr);

    /// False: nobody knows whether they are still here; all are grey.
    void setLive(bool isLive) { m_isLive = isLive; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintPerson(QPainter &painter, const QRect &row, const QModelIndex &index) const;
    void paintNames(QPainter &painter, const QRect &place, const QModelIndex &index) const;

    const Theme &m_theme;
    bool m_isLive = true;
};

} // namespace parlour::widgets
