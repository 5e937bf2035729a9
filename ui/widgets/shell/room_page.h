// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QSplitter;

namespace parlour::widgets {

class CentrePane;
class HostBar;
class MemberPane;
class SearchPanel;
class Sidebar;
class Theme;

/// The three panes under the hosting bar, and who gives way in a narrow window: from WideWidth all
/// three; from NarrowWidth two, the members come over the right edge; under it one at a time.
class RoomPage final : public QWidget
{
    Q_OBJECT
public:
    explicit RoomPage(const Theme &theme, QWidget *parent = nullptr);

    HostBar &hostBar() const { return *m_hostBar; }
    Sidebar &sidebar() const { return *m_sidebar; }
    CentrePane &centre() const { return *m_centre; }
    MemberPane &members() const { return *m_members; }
    SearchPanel &search() const { return *m_search; }

    /// Whether there are members to be shown: not without a room.
    void setMembersAvailable(bool areAvailable);
    /// Searching takes the place of the members.
    void setSearchOpen(bool isOpen);
    bool isSearchOpen() const { return m_isSearchOpen; }
    /// In a narrow window: the tree, else the room.
    void setTreeInFront(bool isInFront);
    /// The keyboard goes on to the next pane that is shown.
    void focusNextPane();

    /// Widths of the panes; an answer of saveLayout(), anything else is passed over.
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

    static constexpr int WideWidth = 1000;
    static constexpr int NarrowWidth = 700;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void arrange();
    /// `least` to `most` wide beside the room, `wanted` over it.
    struct Width {
        int least = 0;
        int most = 0;
        int wanted = 0;
    };
    void place(QWidget &pane, const Width &paneWidth, bool isBeside);
    QList<QWidget *> panes() const;

    const Theme &m_theme;
    HostBar *m_hostBar;
    QSplitter *m_splitter;
    Sidebar *m_sidebar;
    CentrePane *m_centre;
    MemberPane *m_members;
    SearchPanel *m_search;
    bool m_hasMembers = false;
    bool m_isSearchOpen = false;
    bool m_wantsMembers = true; ///< beside the room, in a wide window
    bool m_membersOver = false; ///< over the room, in a narrower one
    bool m_isTreeInFront = true;
};

} // namespace parlour::widgets
