// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QAction;
class QToolButton;

namespace parlour::widgets {

class TextLabel;
class Theme;

/// The line above the timeline: title and topic of the room, the way to its members, and what else
/// can be done with it.
class RoomHeader final : public QFrame
{
    Q_OBJECT
public:
    explicit RoomHeader(const Theme &theme, QWidget *parent = nullptr);

    void setRoom(const QString &title, const QString &topic);
    void setPeople(int people);
    /// Whether the way back to the tree is shown: in a narrow window.
    void setBackVisible(bool isVisible);
    void setMembersShown(bool areShown);
    void setSearching(bool isSearching);
    QString topic() const { return m_topicText; }

Q_SIGNALS:
    void backRequested();
    void membersToggled(bool areShown);
    void searchToggled(bool isSearching);
    void topicChangeRequested();
    void exportRequested();
    void leaveRequested();

private:
    QToolButton *makeMoreTool(const Theme &theme);

    QToolButton *m_back;
    TextLabel *m_title;
    TextLabel *m_topic;
    QToolButton *m_members;
    QToolButton *m_search;
    QString m_topicText;
};

} // namespace parlour::widgets
