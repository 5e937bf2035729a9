// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"
#include "chat/number_ranges.h"
#include "models/shown_reaction.h"

#include <QAbstractListModel>
#include <QHash>
#include <QMap>
#include <QSet>

#include <memory>
#include <optional>

namespace parlour::models {

/// What is said in one room: the last 500 messages, ordered by number within their epoch, and below
/// them the own messages that the host has not confirmed yet, in the order they were said.
///
/// It is a window that may stand anywhere in the room: who scrolls gets further messages at that
/// edge, and as many go at the other one. Away from the end it is detached: what is said now is
/// kept out of sight, up to 500 messages, until the window is back there.
///
/// Epochs stand in the order in which they came. Messages are known by their id: of one that is
/// here already, and of what others quote of it, the latest state counts; an own message is
/// confirmed so. Lives in the window's thread.
class MessageListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    /// The most rows that are kept in sight, and out of it.
    static constexpr int MaxRows = 500;
    /// So many come at once at an edge.
    static constexpr int PageRows = 100;

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
        GapBelowRole, ///< bool: the last one that the host confirmed, and what followed it is lost
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
        int messages = 0; ///< of others, as far as that is known
        int mentions = 0; ///< of the person, among them

        friend bool operator==(const Unread &, const Unread &) = default;
    };

    /// Messages that stand together somewhere in the room.
    struct Page {
        QString epoch;
        QList<chat::ChatMessage> messages = {}; ///< oldest first
        qint64 first = 0; ///< the numbers that are covered, of changes too; both 0: none
        qint64 number = 0;
        bool hasOlder = true; ///< there may be some
        bool hasNewer = true;
    };

    explicit MessageListModel(QObject *parent = nullptr);
    ~MessageListModel() override;

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
    /// Merges what the host remembers of an epoch, up to its end; unsent messages stay. Marks the
    /// room as loaded. `isAll`: there are none before these. Rows of an earlier epoch among them
    /// stay where they are, under their new numbers.
    void setHistory(const QString &epoch, const QList<chat::ChatMessage> &history,
                    bool isAll = false);
    void append(const chat::ChatMessage &message);
    /// The host's log stands there, and all that it has behind the rows is here or covered: what
    /// else followed the last row is lost. Only holes of that epoch can the host fill.
    void setEnd(const chat::Position &end);
    /// A message that may be here is another one now.
    void change(const chat::ChatMessage &message);
    /// Own changes of that message are on their way, or not any more.
    void setChanging(const QString &id, bool isChanging);
    /// Somebody reads near the first row: asks for older ones (olderWanted()) where there may be
    /// some and none are awaited.
    void wantOlder();
    /// The answer: what stands before the message of that number, the first row when it was asked.
    void addOlder(qint64 before, const Page &page);
    /// The same at the last row, while detached.
    void wantNewer();
    /// The answer: what follows the number that newerWanted() named. Without `hasNewer` what is
    /// said now is next.
    void addNewer(qint64 after, const Page &page);
    /// Shows what stands around a message instead; perhaps that is the end.
    void showAround(const Page &page);
    /// Rows are here between which something is missing that the host may have: kept ones.
    void noteHoles();
    /// The host is there (again): what does not adjoin the rows that are read goes, so that it
    /// comes whole when somebody scrolls there. What came by addOlder() or addNewer() while the
    /// host was away counts as noted.
    void closeHoles();
    /// Back at the end, wherever the window stands.
    void showLatest();
    bool isDetached() const { return m_live != nullptr; }
    /// Whether it is among those that showLatest() shows.
    bool isLatest(const QString &id) const;
    /// The topmost row that somebody sees; -1: the end is looked at, or nobody looks. Rows that are
    /// read do not go because others come.
    void setReading(int row) { m_reading = row; }
    /// An own message on its way, at the end: the window goes there. False, and nothing is taken,
    /// if the id is here already or MaxRows messages wait: then keep the text.
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
    /// Where reading ended (setReadUpTo()), if that lies above all rows: what is around it is not
    /// loaded.
    std::optional<chat::Position> unreadAbove() const;
    /// Rows that left the window at the top.
    qint64 droppedRows() const { return m_dropped; }
    /// Where a message of that position stands since its host has numbered it anew.
    chat::Position positionNow(const chat::Position &position) const;
    /// Position of the last confirmed message; empty and 0 if there is none.
    QString lastEpoch() const;
    qint64 lastNumber() const;
    /// What stands after a position: the rows of others, and each number behind it of which nobody
    /// here knows whether it is a message, unless the host has none there.
    Unread unreadAfter(const QString &epoch, qint64 number) const;
    /// The newest own message that the host has and that was not deleted; empty: none.
    QString lastOwnId() const;
    /// What others would see of it in a reply; none where it is not here, not confirmed or deleted.
    std::optional<chat::Quote> quoteOf(const QString &id) const;
    /// Where the message stands that a row replies to; the number is 0 where nobody knows.
    chat::Position quotedBy(int row) const;
    /// Own messages that are to be sent yet.
    int waiting() const;
    /// Those that could not be sent.
    int failed() const;
    /// -1: not here.
    int rowOf(const QString &id) const;

Q_SIGNALS:
    void loadedChanged();
    void waitingChanged();
    /// Messages before that one are to be had; addOlder() is the answer.
    void olderWanted(const QString &epoch, qint64 number);
    /// Messages behind that number are to be had; addNewer() is the answer.
    void newerWanted(const QString &epoch, qint64 number);
    /// While detached: so many messages came at the end.
    void saidBelow(int count);
    void detachedChanged();

private:
    struct Flags {
        bool startsGroup = true;
        bool endsGroup = true;
        bool dayBreak = false;
        bool unreadLine = false;
        bool gap = false;
        bool gapBelow = false;

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

    /// What hosts have numbered anew.
    struct Moved {
        QHash<QString, QMap<qint64, chat::Position>> positions; ///< by the former epoch and number
        QHash<QString, QString> adjoining; ///< ids, by those that follow them in another epoch
        QSet<QString> behind; ///< ids of lost rows that have the number of what they follow
        QSet<QString> lostBehind; ///< ids of rows behind which something is lost, for good
    };

    int confirmedCount() const { return int(m_rows.size()) - m_pending; }
    static qint64 localDay(qint64 time);
    bool isSelf(const Row &row) const;
    chat::Delivery deliveryOf(const Row &row) const;
    QString accessibleText(const Row &row) const;
    static QString accessibleDescription(const Row &row);
    QList<ShownReaction> reactionsOf(const Row &row) const;
    bool mentionsSelf(const chat::ChatMessage &message) const;
    bool isGap(const chat::ChatMessage &above, const chat::ChatMessage &below) const;
    void replace(int at, const chat::ChatMessage &message);
    void quoteAgain(const chat::ChatMessage &message);
    Flags flagsOf(int at) const;
    int placeOf(const chat::ChatMessage &message) const;
    int formerRowOf(const chat::ChatMessage &message) const;
    QList<chat::ChatMessage> newsOf(const QList<chat::ChatMessage> &history) const;
    bool renumber(const QList<chat::ChatMessage> &page, bool isEnd);
    void learn(const Moved &other);
    void renumberAside(const QList<chat::ChatMessage> &page);
    void placeLost(int first, const QString &epoch, const QList<bool> &gaps);
    void loseAbove(int row);
    void follow(int first);
    void moveTo(int row, const chat::Position &position);
    qint64 upperNumber(int row) const;
    int firstNow() const;
    int seam() const;
    void noteSeam(const chat::ChatMessage &above, const chat::ChatMessage &below);
    void addAtSeam(const Page &page);
    void noteSeamAside(int next);
    void addTold(const QList<chat::ChatMessage> &news);
    void merge(const chat::ChatMessage &message);
    void insertConfirmed(int at, const QList<chat::ChatMessage> &messages);
    void confirm(int from, const chat::ChatMessage &message);
    void removePending(int at);
    void putIn(int at, QList<Row> rows);
    void trim();
    void setAside();
    void keepReading(qsizetype coming);
    bool isReadAtRisk(qsizetype surplus) const;
    void takeBack();
    void dropBelow();
    void dropAbove(int surplus);
    void dropFrom(int size);
    void noteHole(int at);
    void beIn(const QString &epoch);
    void addFromLive();
    void attach();
    int nextLive() const;
    qint64 coveredEnd() const;
    bool isLineHere() const;
    void refresh(int first, int last);
    void placeUnreadLine();
    void placeUnreadLineAgain();
    int numbersNotSeen(const QString &epoch, qint64 number) const;
    int firstAfter(const QString &epoch, qint64 number) const;
    bool isUnread(const Row &row) const;

    QList<Row> m_rows;
    QSet<QString> m_ids;
    int m_pending = 0; ///< rows at the end that are not confirmed
    QString m_self;
    QStringList m_names; ///< the person's own first; empty: not known
    QHash<QString, chat::NumberRanges> m_known; ///< by epoch, from the first row on
    QSet<QString> m_holes; ///< ids of rows above which the host may have more
    Moved m_moved;
    QString m_epoch; ///< the host's present one
    QString m_lostBehind; ///< id of the last confirmed row, where the host lost what followed it
    QString m_readEpoch;
    qint64 m_readNumber = 0;
    QString m_unreadId; ///< of the row with the line
    qint64 m_dropped = 0;
    int m_reading = -1;
    bool m_loaded = false;
    bool m_isOlderAwaited = false;
    bool m_isNewerAwaited = false;
    bool m_isSeamAsked = false; ///< in vain
    bool m_isFromBeginning = false; ///< there are none before the first row
    bool m_isUpToLive = false; ///< there are none between the last row and those out of sight
    std::unique_ptr<MessageListModel> m_live; ///< while detached: the end, out of sight
};

} // namespace parlour::models
