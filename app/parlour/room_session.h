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
    const models::MemberListModel &members() const { return m_members; }
    void setSelf(const QString &personId);

    /// What was typed and not sent yet.
    QString draft;

    /// Everything up to here was on the screen; what comes after it is unread, and counted.
    void markSeen(const QString &epoch, qint64 number);
    /// Puts the line "new" above what is unread now: to be called when nobody looks.
    void drawUnreadLine();
    int unread() const { return m_unread; }
    void setHistory(const chat::HistoryFrame &history);
    /// What was kept of earlier runs; all of it was seen.
    void restore(const QList<chat::ChatMessage> &messages);
    /// Of what was missed so much is here; equal: all.
    void setProgress(qint64 done, qint64 total);
    qint64 missedDone() const { return m_missedDone; }
    qint64 missedTotal() const { return m_missedTotal; }
    void receive(const chat::ChatMessage &message);

Q_SIGNALS:
    void stateChanged();
    void progressChanged();
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
    QString m_seenEpoch;
    qint64 m_seenNumber = 0;
    int m_unread = 0;
    qint64 m_missedDone = 0;
    qint64 m_missedTotal = 0;
};

} // namespace parlour
