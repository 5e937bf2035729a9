// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_room_log.h"

#include "storage/logging.h"
#include "storage/old_copies.h"
#include "storage/sqlite_database.h"
#include "storage/store.h"
#include "storage/trouble.h"

#include <QDateTime>

#include <utility>

namespace parlour::storage {

using chat::ChatMessage;
using namespace Qt::StringLiterals;

namespace {

qint64 sizeOf(const chat::Utterance &utterance)
{
    return utterance.text.size() * qint64(sizeof(QChar)) + utterance.json.size();
}

template <typename Content>
Content timed(Content content)
{
    if (content.time <= 0)
        content.time = QDateTime::currentMSecsSinceEpoch();
    return content;
}

/// Takes what is meant for it out of a log's answer.
template <typename Content>
auto answering(std::function<void(const Expected<Content> &)> give)
{
    return [give = std::move(give)](const Expected<LogAnswers::Content> &answer) {
        if (answer)
            give(std::get<Content>(*answer));
        else
            give(answer.error());
    };
}

QSet<QString> roomsOf(const QHash<QString, LogHead> &heads)
{
    return QSet<QString>(heads.keyBegin(), heads.keyEnd());
}

} // namespace

SqliteRoomLog::SqliteRoomLog(Store &store, channels::ChannelLayer &layer,
                             const SqliteRoomLogOptions &options)
    : m_store(store)
    , m_layer(layer)
    , m_options(options)
    , m_epochs(roomsOf(store.heads()))
    , m_ids(store, options.indexPause, options.retryInterval)
{
    const auto &heads = store.heads();
    for (auto it = heads.cbegin(); it != heads.cend(); ++it)
        m_heads.insert(it.key(), {it->epoch, it->range, 0, 0, true});
    for (const Head &head : std::as_const(m_heads))
        m_stats.kept += head.range.count();
    for (QTimer *timer : {&m_writeTimer, &m_retryTimer}) {
        timer->setSingleShot(true);
        QObject::connect(timer, &QTimer::timeout, &m_inbox, [this] { write(); });
    }
    m_aheadTimer.setSingleShot(true);
    QObject::connect(&m_aheadTimer, &QTimer::timeout, &m_inbox, [this] { writeNumbered(); });
    QObject::connect(&m_pruneTimer, &QTimer::timeout, &m_inbox, [this] { prune(); });
    m_pruneTimer.start(m_options.pruneInterval);
    QObject::connect(&m_sweepTimer, &QTimer::timeout, &m_inbox, [this] { m_isSweepDue = true; });
    m_sweepTimer.start(m_options.sweepInterval);
    m_indexTimer.setSingleShot(true);
    QObject::connect(&m_indexTimer, &QTimer::timeout, &m_inbox, [this] { index(); });
    prune();
}

SqliteRoomLog::~SqliteRoomLog()
{
    writeNumbered();
    m_store.thread().runAndWait([] {}); // what answers to the inbox
}

void SqliteRoomLog::post(const chat::Utterance &utterance, QObject *context, Posted posted)
{
    keep({utterance.room,
          {timed(utterance), {}},
          context,
          answering<ChatMessage>(std::move(posted)),
          sizeOf(utterance)});
}

void SqliteRoomLog::change(const chat::Change &change, QObject *context, Changed changed)
{
    keep({change.room,
          {timed(change), {}},
          context,
          answering<ChangedFrame>(std::move(changed)),
          change.text.size() * qint64(sizeof(QChar))});
}

void SqliteRoomLog::keep(Post post)
{
    if (!m_stats.isOpen)
        return refuse(u"closed"_s, post);
    if (m_stats.unwritten >= m_options.maxUnwritten
        || (m_stats.unwritten > 0 && m_unwrittenBytes + post.size > m_options.maxUnwrittenBytes))
        return refuse(u"too_slow"_s, post);
    Head &head = headOf(post.room);
    post.entry.epoch = head.epoch;
    ++m_stats.unwritten;
    m_unwrittenBytes += post.size;
    if (giveNumber(post, head)) {
        m_toTell.push_back(std::move(post));
    } else {
        ++head.waiting;
        m_waiting.push_back(std::move(post));
    }
    writeSoon();
}

void SqliteRoomLog::refuse(const QString &cause, const Post &post)
{
    answerLater(post.context,
                [error = refusal(cause), answered = post.answered] { answered(error); });
}

Error SqliteRoomLog::refusal(const QString &cause)
{
    ++m_stats.refused[cause];
    const QString told = m_isRestarting ? u"restarting"_s : cause;
    return {u"not_logged"_s, reasonFor(told), told};
}

void SqliteRoomLog::prune()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_store.thread().run([this, &logs = m_store.logs(), now] {
        // Where it fails, the next write says why, or the next attempt goes well.
        const auto done = logs.prune(now);
        answerLater(&m_inbox, [this, isDone = bool(done), pruned = done.valueOr({})] {
            m_hasToPrune = pruned.hasMore;
            takeHeads(pruned.heads);
            indexIn(m_options.indexPause);
            if (pruned.hasMore)
                prune();
            else if (isDone)
                sweepIfDue();
        });
    });
}

void SqliteRoomLog::sweepIfDue()
{
    if (!m_isSweepDue || isBusy() || m_isSearching)
        return;
    m_isSweepDue = false;
    m_store.thread().run([&logs = m_store.logs(), &database = m_store.database()] {
        removeOldCopies(database.path());
        if (const auto swept = logs.sweep(); !swept)
            qCWarning(lcStorage).noquote()
                << "what was deleted may still be in the file in part:" << swept.error().message;
    });
}

void SqliteRoomLog::indexIn(std::chrono::milliseconds delay)
{
    if (!m_isIndexing && !m_hasToPrune && !m_indexTimer.isActive())
        m_indexTimer.start(delay);
}

// In the background: what is not indexed is found, too, by reading it.
void SqliteRoomLog::index()
{
    m_isIndexing = true;
    m_store.thread().run([this, &logs = m_store.logs()] {
        const auto indexed = logs.index();
        answerLater(&m_inbox, [this, hasMore = indexed.valueOr(false)] {
            m_isIndexing = false;
            if (hasMore && !m_hasToPrune)
                m_indexTimer.start(m_options.indexPause * (isBusy() ? 10 : 1));
        });
    });
}

void SqliteRoomLog::close(QObject *context, std::function<void()> closed)
{
    m_stats.isOpen = false;
    m_closing = context;
    m_closed = std::move(closed);
    write();
    writeNumbered();
    endIfIdle();
}

// What is to begin has no entry yet, so nothing is lost where it begins anew; but of a room that
// was imported it would have the epoch, and other numbers.
QStringList SqliteRoomLog::takeUnwritten()
{
    return m_epochs.take().keys();
}

/// Something is written, or to be.
bool SqliteRoomLog::isBusy() const
{
    return m_transactions > 0 || !m_waiting.empty() || !m_toWrite.isEmpty();
}

void SqliteRoomLog::endIfIdle()
{
    if (m_transactions > 0 || !m_waiting.empty() || !m_closing)
        return;
    answerLater(m_closing, std::exchange(m_closed, {}));
    m_closing.clear();
}

SqliteRoomLog::Head &SqliteRoomLog::headOf(const QString &room)
{
    Head &head = m_heads[room];
    if (head.epoch.isEmpty()) {
        head.epoch = chat::newEpoch();
        m_epochs.set(room, head.epoch);
        writeSoon();
    }
    return head;
}

chat::RoomLog::Position SqliteRoomLog::position(const QString &room)
{
    const Head &head = headOf(room);
    return {head.epoch, head.range.newest - head.untold};
}

bool SqliteRoomLog::hasHistory(const QString &room) const
{
    const auto head = m_heads.constFind(room);
    return head != m_heads.constEnd() && (!head->range.isEmpty() || head->waiting > 0);
}

void SqliteRoomLog::forget(const QString &room)
{
    const auto head = m_heads.constFind(room);
    if (head == m_heads.constEnd())
        return;
    m_stats.kept -= head->range.count();
    m_heads.erase(head);
    m_epochs.remove(room);
    writeSoon();
}

chat::RoomLog::Stats SqliteRoomLog::stats() const
{
    return m_stats;
}

} // namespace parlour::storage
