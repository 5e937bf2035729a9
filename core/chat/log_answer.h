// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/log_window.h"
#include "chat/room_log.h"
#include "chat/search_words.h"
#include "chat/text_rules.h"

#include <QObject>
#include <QSet>
#include <QStringView>

#include <utility>

/// How the twins of RoomLog make their answers.
namespace parlour::chat {

/// In a later turn; never once the context is gone.
template <typename Answer>
void answerLater(QObject *context, Answer answer)
{
    QMetaObject::invokeMethod(context, std::move(answer), Qt::QueuedConnection);
}

/// What a log keeps of a message that was deleted.
ChatMessage deletedOf(const ChatMessage &message);
/// How what is said is kept, under this number: a reply without what it replies to.
ChatMessage messageOf(const Utterance &said, const QString &epoch, qint64 number);
/// What the room hears of what was said, which is kept as `message`.
channels::Message eventOf(const Utterance &said, const ChatMessage &message);

/// Whether an answer has place for further messages.
class AnswerSpace
{
public:
    /// `text`: what it has already.
    explicit AnswerSpace(qsizetype text = 0)
        : m_text(text)
        , m_isBegun(text > 0)
    {
    }

    /// Takes the message in where it fits, or is the first one.
    bool takes(const ChatMessage &message)
    {
        m_text += textSize(message);
        return !std::exchange(m_isBegun, true) || m_text <= RoomLog::MaxText;
    }

private:
    qsizetype m_text;
    bool m_isBegun;
};

/// Says which numbers of the window the page has, once its messages are in it.
void setBounds(RoomLog::Page &page, const LogWindow &window);

/// The answer where the log cannot tell what was missed: its last page.
RoomLog::Catchup lostBefore(const RoomLog::Page &page);

/// Makes a part of what was missed, entry by entry.
class PartMaker
{
public:
    /// The part has its end; `window` is what is to be in it.
    PartMaker(RoomLog::Catchup &part, const LogWindow &window)
        : m_part(part)
        , m_first(window.first)
    {
        m_part.hasMore = m_part.end.number > window.first - 1;
    }

    /// The next entry: a message (`target` is 0), or a change of the message of that number.
    /// `read` reads it, or the one that it changed; nothing where that is gone. False where the
    /// part is full, without this entry.
    template <typename Read>
    bool add(qint64 number, qint64 target, Read read)
    {
        if (target < m_first && !m_changed.contains(target)) {
            if (const std::optional<ChatMessage> message = read()) {
                if (!m_space.takes(*message))
                    return false;
                (target > 0 ? m_part.changed : m_part.messages).append(*message);
            }
            if (target > 0)
                m_changed.insert(target);
        }
        m_part.first = m_first;
        m_part.number = number;
        m_part.hasMore = number < m_part.end.number;
        return true;
    }

private:
    RoomLog::Catchup &m_part;
    qint64 m_first;
    AnswerSpace m_space;
    QSet<qint64> m_changed; ///< older messages that were seen to
};

/// Makes a part of what a search finds, entry by entry, newest first.
class HitsMaker
{
public:
    /// Both outlive it.
    HitsMaker(RoomLog::Hits &hits, const RoomLog::Search &search)
        : m_hits(hits)
        , m_search(search)
        , m_space(search.text)
    {
    }

    /// The next entry, by its place in the log's order; `read` reads the message where it is
    /// found. False where the part ends, perhaps without this entry.
    template <typename Read>
    bool add(qint64 place, QStringView text, Read read)
    {
        m_toRead -= CostOfEntry + text.size();
        if (m_toRead < 0 && m_hasRead) {
            m_hits.next = place + 1;
            return false;
        }
        m_hasRead = true;
        if (!hasWords(text, m_search.words))
            return true;
        const ChatMessage message = read();
        if (m_hits.messages.size() >= m_search.count || !m_space.takes(message)) {
            m_hits.next = place + 1;
            return false;
        }
        m_hits.messages.append(message);
        return true;
    }
    /// An entry that is not searched.
    bool skip(qint64 place)
    {
        return add(place, {}, [] { return ChatMessage(); });
    }
    /// What follows from here on is for another part; false.
    bool endAt(qint64 place)
    {
        m_hits.next = place;
        return false;
    }

private:
    /// A millisecond or two, which is how long others wait.
    static constexpr qsizetype ReadAtOnce = qsizetype(64) * 1024;
    static constexpr qsizetype CostOfEntry = 64; ///< as much as that much text
    RoomLog::Hits &m_hits;
    const RoomLog::Search &m_search;
    AnswerSpace m_space;
    qsizetype m_toRead = ReadAtOnce;
    bool m_hasRead = false;
};

/// What is told of a change whose message is forgotten here: a deletion, for others may have it.
/// `entry` is the change's, which names the message where it is one. Whose right it was is known no
/// more; those judge it who have the message.
std::optional<Change> deletionOfForgotten(Change change, const ChatMessage &entry);

/// Makes a part of what was said and changed here, entry by entry.
class SaidHereMaker
{
public:
    SaidHereMaker(RoomLog::SaidHere &part, const RoomLog::SaidHereQuery &query)
        : m_part(part)
        , m_query(query)
    {
    }

    /// False where the part is full, without this entry.
    bool add(const ChatMessage &message, const QByteArray &json)
    {
        if (!isUuid(message.id) || (message.isDeleted && !m_query.changesFrom))
            return true; // who cannot step over it is not told of it
        if (!hasPlaceFor(message))
            return false;
        if (!message.isDeleted)
            m_part.said.append({message, json});
        m_part.ids.append(message.id);
        return true;
    }
    /// `change` is nothing where there is nothing to follow any more.
    bool add(const QString &id, const std::optional<Change> &change)
    {
        if (!isUuid(id))
            return true;
        ChatMessage size;
        size.text = change ? change->text : QString();
        if (!hasPlaceFor(size))
            return false;
        if (change)
            m_part.changes.append(*change);
        m_part.ids.append(id);
        return true;
    }

private:
    bool hasPlaceFor(const ChatMessage &message)
    {
        m_part.hasMore = m_part.ids.size() >= m_query.count || !m_space.takes(message);
        return !m_part.hasMore;
    }

    RoomLog::SaidHere &m_part;
    const RoomLog::SaidHereQuery &m_query;
    AnswerSpace m_space;
};

} // namespace parlour::chat
