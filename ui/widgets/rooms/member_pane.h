// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QAbstractItemModel;
class QListView;

namespace parlour::widgets {

class MemberDelegate;
class TextLabel;
class Theme;

/// Who is in the room. Works on models::MemberListModel.
class MemberPane final : public QFrame
{
    Q_OBJECT
public:
    explicit MemberPane(const Theme &theme, QWidget *parent = nullptr);

    /// The model outlives the pane, or is replaced before.
    void setModel(QAbstractItemModel *model);
    /// Since when nobody knows better, ms UTC; 0: the list is live.
    void setAsSeenAt(qint64 time);

    QSize sizeHint() const override;

    static constexpr int DesignWidth = 232;

private:
    void count();

    const Theme &m_theme;
    QListView *m_list;
    MemberDelegate *m_delegate;
    TextLabel *m_stale;
    TextLabel *m_head;
    TextLabel *m_count;
    TextLabel *m_hint;
    qint64 m_asSeenAt = 0;
};

} // namespace parlour::widgets
