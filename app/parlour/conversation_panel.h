// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "host_session.h"

#include <QPointer>
#include <QTimer>

namespace parlour::widgets {
class ConversationView;
class MainWindow;
class Theme;
} // namespace parlour::widgets

namespace parlour {

/// The room that the window shows: hands what the session knows to the window, and what the person
/// does to the session. Lives in the window's thread.
class ConversationPanel final : public QObject
{
    Q_OBJECT
public:
    /// Gives the window its conversation; `window` outlives this.
    ConversationPanel(widgets::Theme &theme, widgets::MainWindow &window,
                      QObject *parent = nullptr);

    /// Shows the joined room of that name. Null: none.
    void show(HostSession *host, const QString &name = {});
    HostSession *host() const { return m_host; }
    QString room() const { return m_room ? m_room->state().room : QString(); }

    /// Shows that message of the shown room, from wherever it is to be had; a notice says where it
    /// is not.
    void jumpTo(const QString &id, const chat::Position &position);

    /// A message in that room was not changed: said, and the text offered where it is shown.
    void changeFailed(const HostSession &host, const QString &name, const QString &why);
    /// A sentence above the composer, for a while.
    void showNotice(const QString &sentence);
    /// Nobody looks any more, or somebody does again.
    void setActive(bool isActive);

Q_SIGNALS:
    /// Another room is shown, or none.
    void shown();

private:
    void connectView();
    void connectRoom();
    void leaveShown();
    void showTyping();
    void keepDraft();
    void showRoom();
    void showLink();
    void connectChanges();
    void offerRefused();
    void say(const QString &text, const QString &reply);
    void goToUnread();
    void showPage(const client::HistoryPage &page);

    struct Jump {
        chat::Position position; ///< an empty epoch: nowhere
        QString id; ///< empty: to what is unread behind that position
    };

    widgets::MainWindow &m_window;
    widgets::ConversationView *m_view; ///< the window's
    QPointer<HostSession> m_host;
    QPointer<RoomSession> m_room;
    Jump m_jump; ///< where a page is awaited for
    QObject *m_connections = nullptr; ///< context of what is connected to the shown room; a child
    QTimer m_noticeTimer;
    QTimer m_draftTimer;
};

} // namespace parlour
