// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"
#include "chat/number_ranges.h"
#include "models/shown_reaction.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

namespace parlour::models {

/// What is said in one room: the last 500 messages, ordered by number within their epoch, and below
/// them the own messages that the host has not confirmed yet, in the order they were said. Who
/// scrolls back gets older ones above them, up to 2,000 rows; these go again at the end.
///
/// Epochs stand in the order in which they came. Messages are known by their id: of one that is
/// here already, and of what others quote of it, the latest state counts; an own message is
/// confirmed so. Lives in the window's thread.
class MessageListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    /// The most rows that are kept; of more, the oldest confirmed ones go.
    static constexpr int MaxRows = 500;
    /// While older ones are read.
    static constexpr int MaxRowsBack = 2000;

    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        TextRole, ///< QString, as it was said
        SenderIdRole, ///< QString
        SenderNameRole, ///< QString
        TimeRole, ///< qint64, ms UTC
        IsSelfRole, ///< bool
        DeliveryRole, ///< chat::Delivery; own confirmed messages are Sent
        ProblemRole, ///< QString: why it was not sent, for people
        StartsGroupRole, ///< bool: shows avatar, name and time
        EndsGroupRole, ///< bool: the next row is another sender's, or not confirmed, or there is
                       ///< none
        DayBreakRole, ///< bool: the first row of a local day
        UnreadLineRole, ///< bool: the first unread row
        GapRole, ///< bool: messages between this row and the one above may be missing
        EditedRole, ///< qint64, ms UTC: when its text was changed last; 0: never
        DeletedRole, ///< bool: nothing but its place is left
        ReplyRole, ///< chat::Quote of the message that it replies to; else invalid
        ReactionsRole, ///< QList<ShownReaction>
        MentionsRole, ///< QList<chat::Mention>; `name` 0 is the person's own
        MentionsSelfRole, ///< bool: somebody speaks to the person by name
        ChangingRole, ///< bool: own changes of it are on their way
    };

    /// What somebody has not seen.
    struct Unread {
        int messages = 0; ///< of others
        int mentions = 0; ///< of the person, among them

        friend bool operator==(const Unread &, const Unread &) = default;
    };

    explicit MessageListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Whose messages are the own ones.
    void setSelf(const QString &personId);
    /// The person's name, and those of the others whose mentions are to be known; 1,000 of them.
    void setNames(const QString &self, const QStringList &others);
    /// What these numbers were given to is known here: between them only changes are no rows. Of
    /// rows it is known by themselves.
    void cover(const QString &epoch, const chat::NumberRanges::Range &numbers);
    /// Merges what the host remembers of an epoch; unsent messages stay. Marks the room as loaded.
    void setHistory(const QString &epoch, const QList<chat::ChatMessage> &messages);
    void append(const chat::ChatMessage &message);
    /// A message that may be here is another one now.
    void change(const chat::ChatMessage &message);
    /// Own changes of that message are on their way, or not any more.
    void setChanging(const QString &id, bool isChanging);
    /// Somebody reads near the first row: asks for older ones (olderWanted()) where there may be
    /// some and none are awaited.
    void wantOlder();
    /// The answer: what stands before the message of that number, the first row when it was asked.
    /// Without `hasMore` nothing stands before them.
    void addOlder(qint64 before, const QList<chat::ChatMessage> &messages, bool hasMore);
    /// Nobody reads older ones any more.
    void dropOlder();
    /// An own message on its way. False, and nothing is taken, if the id is here already or MaxRows
    /// messages wait: then keep the text.
    bool addPending(const QString &id, const QString &text, const chat::Sender &sender, qint64 time,
                    const std::optional<chat::Quote> &reply = {});
    /// Of an unconfirmed message; others stay as they are. why: for people, where it failed.
    void setDelivery(const QString &id, chat::Delivery delivery, const QString &why = {});
    /// An own message that shall not go out any more; confirmed ones stay.
    void remove(const QString &id);
    /// Puts the unread line above the first message of others after this position, now or when it
    /// comes. Once there, the line stays until the next call. An empty epoch: no line.
    void setReadUpTo(const QString &epoch, qint64 number);

    /// Whether the host's history (perhaps an empty one) was here.
    bool isLoaded() const { return m_loaded; }
    bool hasUnreadLine() const { return !m_unreadId.isEmpty(); }
    /// The row with the line; -1: there is none.
    int unreadRow() const { return rowOf(m_unreadId); }
    /// Rows that left the window at the top.
    qint64 droppedRows() const { return m_dropped; }
    /// Position of the last confirmed message; empty and 0 if there is none.
    QString lastEpoch() const;
    qint64 lastNumber() const;
    /// What stands after a position.
    Unread unreadAfter(const QString &epoch, qint64 number) const;
    /// The newest own message that the host has and that was not deleted; empty: none.
    QString lastOwnId() const;
    /// What others would see of it in a reply; none where it is not here, not confirmed or deleted.
    std::optional<chat::Quote> quoteOf(const QString &id) const;
    /// Own messages that are to be sent yet.
    int waiting() const;
    /// -1: not here.
    int rowOf(const QString &id) const;

Q_SIGNALS:
    void loadedChanged();
    void waitingChanged();
    /// Messages before that one are to be had; addOlder() is the answer.
    void olderWanted(const QString &epoch, qint64 number);

private:
    struct Flags {
        bool startsGroup = true;
        bool endsGroup = true;
        bool dayBreak = false;
        bool unreadLine = false;
        bool gap = false;

        friend bool operator==(const Flags &, const Flags &) = default;
    };
    struct Row {
        chat::ChatMessage message;
        chat::Delivery delivery = chat::Delivery::Received; ///< of unconfirmed ones
        QString problem;
        qint64 day = 0; ///< Julian, local
        bool pending = false;
        bool isChanging = false;
        bool mentionsSelf = false;
        Flags flags;
    };

    int confirmedCount() const { return int(m_rows.size()) - m_pending; }
    static qint64 localDay(qint64 time);
    bool isSelf(const Row &row) const;
    chat::Delivery deliveryOf(const Row &row) const;
    QString accessibleText(const Row &row) const;
    QList<ShownReaction> reactionsOf(const Row &row) const;
    bool mentionsSelf(const chat::ChatMessage &message) const;
    bool isGap(const chat::ChatMessage &above, const chat::ChatMessage &below) const;
    void replace(int at, const chat::ChatMessage &message);
    void quoteAgain(const chat::ChatMessage &message);
    Flags flagsOf(int at) const;
    int placeOf(const chat::ChatMessage &message) const;
    void merge(const chat::ChatMessage &message);
    void insertConfirmed(int at, const QList<chat::ChatMessage> &messages);
    void confirm(int from, const chat::ChatMessage &message);
    void removePending(int at);
    void trim();
    void refresh(int first, int last);
    void placeUnreadLine();
    int firstAfter(const QString &epoch, qint64 number) const;
    bool isUnread(const Row &row) const;

    QList<Row> m_rows;
    QSet<QString> m_ids;
    int m_pending = 0; ///< rows at the end that are not confirmed
    QString m_self;
    QStringList m_names; ///< the person's own first; empty: not known
    QHash<QString, chat::NumberRanges> m_known; ///< by epoch, from the first row on
    QString m_readEpoch;
    qint64 m_readNumber = 0;
    QString m_unreadId; ///< of the row with the line
    qint64 m_dropped = 0;
    int m_limit = MaxRows;
    bool m_loaded = false;
    bool m_isOlderAwaited = false;
    bool m_isFromBeginning = false; ///< there are none before the first row
};

} // namespace parlour::models
