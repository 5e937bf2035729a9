// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/number_ranges.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

namespace parlour::client {

class HostStore;

/// What was said around a place of a room, or behind it.
struct HistoryPage {
    QString room;
    chat::Position at; ///< the place that was asked for
    QString epoch;
    QList<chat::ChatMessage> messages = {}; ///< oldest first; none: it is not to be had now
    qint64 first = 0; ///< the numbers that it covers, of messages and of changes; both 0: none
    qint64 number = 0;
    bool hasOlder = true; ///< there may be some
    bool hasNewer = true;
};

/// Pages of what was said in the rooms of a host, wherever in the room: from the store where it has
/// them, else from the host, which is asked one thing at a time in each room. Answers in a later
/// turn. Lives in the window's thread.
class HistoryPages : public QObject
{
    Q_OBJECT
public:
    enum class Wanted {
        Older, ///< what stands before a message
        Newer, ///< what follows a number that is known
        Around, ///< a message between others
    };
    /// How the host stands.
    struct Way {
        /// Up to where the client has the room, once the host can be asked for its past; none: not
        /// (yet).
        std::function<std::optional<chat::Position>(const QString &room)> end;
        /// Whether the client comes into the room, so that it can be asked soon: resume().
        std::function<bool(const QString &room)> isComing;
        std::function<bool(const chat::ClientFrame &frame)> ask;
    };

    static constexpr int PageCount = 100; ///< messages: some screens

    explicit HistoryPages(Way way, QObject *parent = nullptr);

    /// Where there is one; it outlives this.
    void setStore(HostStore *store) { m_store = store; }
    /// A kind that is awaited in the room is not asked for twice; of places to go to, the last one
    /// counts.
    void want(Wanted what, const QString &room, const chat::Position &at);
    /// The host's answer.
    void take(const chat::HistoryFrame &page);
    /// Whether the host is asked for a page of this room.
    bool isAsked(const QString &room) const;
    /// The host does not answer: what the store has must do, as far as it adjoins.
    void giveUp(const QString &room);
    /// The host wants to be asked later; where that does not end it is given up.
    void postpone(const QString &room, std::chrono::milliseconds delay);
    /// The room is entered anew: what it was asked for is asked again, from resume() on.
    void hold(const QString &room);
    /// The host can be asked for the room's past now.
    void resume(const QString &room);
    /// The room is not entered after all.
    void giveUpAll(const QString &room);
    void giveUpAll();
    void forget(const QString &room) { m_asked.remove(room); }

Q_SIGNALS:
    /// `before` is the number that was asked for; `more`: there may be some before these.
    void older(const parlour::chat::HistoryFrame &page);
    void newer(const parlour::client::HistoryPage &page);
    void around(const parlour::client::HistoryPage &page);

private:
    struct Ask {
        Wanted what = Wanted::Older;
        chat::Position at;
        int count = 0;
        qint64 before = 0; ///< what the host was asked for; 0: it was not
        QString epoch = {}; ///< of that number
        int postponed = 0; ///< times
    };

    void look(Wanted what, const QString &room, const chat::Position &at);
    static qint64 beforeOf(const Ask &ask);
    bool answerFromStore(const QString &room, const Ask &ask);
    void askNext(const QString &room);
    void finish(const QString &room, const Ask &ask);
    bool canBeAsked(const QString &room, const Ask &ask) const;
    void tellKept(const QString &room, const Ask &ask);
    static bool isAnswer(const chat::HistoryFrame &page, const Ask &ask);
    void keep(const QString &room, const HistoryPage &page);
    chat::HistoryFrame olderOf(const chat::HistoryFrame &page, const Ask &ask);
    HistoryPage pageOf(const chat::HistoryFrame &answer, const Ask &ask) const;
    chat::HistoryFrame storedBefore(const QString &room, const chat::Position &before);
    HistoryPage storedBehind(const QString &room, const chat::Position &after);
    HistoryPage storedAround(const QString &room, const chat::Position &at);

    Way m_way;
    HostStore *m_store = nullptr;
    QHash<QString, QList<Ask>> m_asked; ///< by room; the host is asked for the first one
};

} // namespace parlour::client
