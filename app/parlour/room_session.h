// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "models/member_list_model.h"
#include "models/message_list_model.h"

#include <QObject>

namespace parlour {

/// One joined room as the window shows it: what was said, who is here, what was typed. Lives in the
/// window's thread.
class RoomSession final : public QObject
{
    Q_OBJECT
public:
    explicit RoomSession(const chat::RoomState &state, QObject *parent = nullptr);

    const chat::RoomState &state() const { return m_state; }
    void setState(const chat::RoomState &state);
    void setTopic(const QString &topic);

    models::MessageListModel &messages() { return m_messages; }
    models::MemberListModel &members() { return m_members; }
    void setSelf(const QString &personId);

    /// What was typed and not sent yet.
    QString draft;

    /// A shown room reads what comes; in another one it is unread, and counted.
    void setShown(bool shown);
    int unread() const { return m_unread; }
    void setHistory(const chat::HistoryFrame &history);
    void receive(const chat::ChatMessage &message);

Q_SIGNALS:
    void stateChanged();
    /// So many more messages are unread.
    void becameUnread(int count);
    /// None is unread any more.
    void wasRead();

private:
    bool isNews(const chat::ChatMessage &message) const;
    void addUnread(int count);

    chat::RoomState m_state;
    models::MessageListModel m_messages;
    models::MemberListModel m_members;
    QString m_self;
    bool m_shown = false;
    int m_unread = 0;
};

} // namespace parlour
