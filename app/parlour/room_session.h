// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "client/history_pages.h"
#include "models/member_list_model.h"
#include "models/message_list_model.h"
#include "models/typing_people.h"

#include <QObject>
#include <QSet>

namespace parlour {

/// One joined room as the window shows it: what was said, who is here and who writes, what was
/// typed. Lives in the window's thread.
class RoomSession final : public QObject
{
    Q_OBJECT
public:
    explicit RoomSession(const chat::RoomState &state, QObject *parent = nullptr);

    const chat::RoomState &state() const { return m_state; }
    void setState(const chat::RoomState &state);
    void setTopic(const QString &topic);

    models::MessageListModel &messages() { return m_messages; }
    const models::MemberListModel &members() const { return m_members; }
    models::MemberListModel &members() { return m_members; }
    models::TypingPeople &typing() { return m_typing; }
    void setSelf(const chat::Sender &self);
    /// Of everybody else here, as they may be spoken to.
    QStringList names() const;

    /// What was typed and not sent yet.
    QString draft;
    /// The message that it replies to; none: it is no reply.
    std::optional<chat::Quote> draftReply;

    /// A text that a message is to get.
    struct Edit {
        QString id; ///< of the message
        QString text;
    };
    /// What was being edited when the room was left; none: nothing.
    std::optional<Edit> draftEdit;
    static constexpr qsizetype MaxRefused = 20;
    /// The message did not get it: the person may go on with it. The latest ones are kept.
    void keepRefused(const Edit &edit);
    /// The one that waits longest, which is forgotten; none: there is none.
    std::optional<Edit> takeRefused();

    /// Everything up to here was on the screen, here or on another device; what comes after it is
    /// unread, and counted. Never goes back within an epoch.
    void markSeen(const chat::Position &position);
    /// Puts the line "new" above what is unread now: to be called when nobody looks, or begins to.
    void drawUnreadLine();
    const models::MessageListModel::Unread &unread() const { return m_unread; }

    void setHistory(const chat::HistoryFrame &history);
    /// As the model takes it.
    static models::MessageListModel::Page pageOf(const client::HistoryPage &page);
    /// What was kept of earlier runs, and up to where the room was known then. Unless it is known
    /// up to where that was seen, all of it was.
    void restore(const QList<chat::ChatMessage> &messages,
                 const std::optional<chat::Position> &end);
    /// Of what was missed so much is here; equal: all.
    void setProgress(qint64 done, qint64 total);
    qint64 missedDone() const { return m_missedDone; }
    qint64 missedTotal() const { return m_missedTotal; }
    void receive(const chat::ChatMessage &message);
    void change(const chat::ChangedFrame &change);
    void apply(const chat::MembersFrame &frame);
    /// The link is lost: what is on its way waits now, and nobody is heard writing.
    void loseLink();
    /// Own changes of a message are on their way; while online that is too short to be shown.
    void setChanging(const QString &id, bool isChanging, bool isOnline);

Q_SIGNALS:
    void stateChanged();
    void progressChanged();
    void unreadChanged();

private:
    void seeAll();
    void follow();
    void countUnread();
    void updateNames();

    chat::RoomState m_state;
    models::MessageListModel m_messages;
    models::MemberListModel m_members;
    models::TypingPeople m_typing;
    chat::Sender m_self;
    QList<Edit> m_refused;
    QSet<QString> m_changing; ///< messages
    chat::Position m_seen; ///< an empty epoch: not known
    models::MessageListModel::Unread m_unread;
    qint64 m_missedDone = 0;
    qint64 m_missedTotal = 0;
};

} // namespace parlour
