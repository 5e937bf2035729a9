// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QMenu;
class QPushButton;
class QToolButton;

namespace parlour::widgets {

class Avatar;
class RoomTree;
class TextLabel;
class Theme;

/// The left pane: who one is, the tree of hosts and rooms, and the two ways to another.
class Sidebar final : public QFrame
{
    Q_OBJECT
public:
    explicit Sidebar(const Theme &theme, QWidget *parent = nullptr);

    RoomTree &tree() const { return *m_tree; }
    void setPerson(const QString &id, const QString &name);
    /// The line under the name.
    void setState(const QString &words);
    /// The menu of the whole window; stays the caller's.
    void setMenu(QMenu *menu);
    /// False while this app hosts already; then `why` says so.
    void setHostEnabled(bool isEnabled, const QString &why);
    /// Whether the shown host can be asked for a new room.
    void setNewRoomEnabled(bool isEnabled);

    QSize sizeHint() const override;

    static constexpr int DesignWidth = 264;

Q_SIGNALS:
    void hostClicked();
    void joinClicked();
    void newRoomClicked();

private:
    QWidget *makeMe(const Theme &theme);
    QWidget *makeFoot(const Theme &theme);

    const Theme &m_theme;
    Avatar *m_avatar;
    TextLabel *m_name;
    TextLabel *m_state;
    QToolButton *m_menu;
    RoomTree *m_tree;
    QPushButton *m_newRoom;
    QPushButton *m_host;
};

} // namespace parlour::widgets
