// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_room_log.h"

#include "chat/chat_message.h"
#include "chat/room_names.h"
#include "storage/logging.h"
#include "storage/store.h"
#include "storage/trouble.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <utility>

namespace parlour::storage {

using chat::ChatMessage;
using namespace Qt::StringLiterals;

namespace {

qint64 sizeOf(const chat::Utterance &utterance)
{
    return utterance.text.size() * qint64(sizeof(QChar)) + utterance.json.size();
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
{
    const auto &heads = store.heads();
    for (auto it = heads.cbegin(); it != heads.cend(); ++it)
        m_heads.insert(it.key(), {it->epoch, it->range, 0});
    for (const Head &head : std::as_const(m_heads))
        m_stats.kept += head.range.count();
    m_writeTimer.setSingleShot(true);
    QObject::connect(&m_writeTimer, &QTimer::timeout, &m_inbox, [this] { write(); });
    QObject::connect(&m_pruneTimer, &QTimer::timeout, &m_inbox, [this] { prune(); });
    m_pruneTimer.start(m_options.pruneInterval);
    prune();
}

SqliteRoomLog::~SqliteRoomLog()
{
    m_store.thread().runAndWait([] {}); // what answers to the inbox
}

void SqliteRoomLog::post(const chat::Utterance &utterance, QObject *context, Posted posted)
{
    const qint64 size = sizeOf(utterance);
    if (!m_stats.isOpen)
        return refuse(u"closed"_s, context, std::move(posted));
    if (m_stats.unwritten >= m_options.maxUnwritten
        || (m_stats.unwritten > 0 && m_unwrittenBytes + size > m_options.maxUnwrittenBytes))
        return refuse(u"too_slow"_s, context, std::move(posted));
    Head &head = headOf(utterance.room);
    Post post{{utterance, head.epoch}, context, std::move(posted)};
    if (post.said.utterance.time <= 0)
        post.said.utterance.time = QDateTime::currentMSecsSinceEpoch();
    ++head.waiting;
    ++m_stats.unwritten;
    m_unwrittenBytes += size;
    m_waiting.push_back(std::move(post));
    writeSoon();
}

void SqliteRoomLog::refuse(const QString &cause, QObject *context, Posted posted)
{
    ++m_stats.refused[cause];
    answerLater(context, [cause, posted = std::move(posted)] {
        posted(Error{u"not_logged"_s, reasonFor(cause)});
    });
}

// At the turn's end, so that its posts share a transaction.
void SqliteRoomLog::writeSoon()
{
    if (!m_isWriting)
        m_writeTimer.start(0);
}

void SqliteRoomLog::write()
{
    if (m_isWriting || (m_waiting.empty() && m_epochs.isEmpty()))
        return;
    LogBatch batch{m_epochs.take(), {}};
    while (!m_waiting.empty() && int(m_sent.size()) < m_options.postsAtOnce) {
        batch.said.append(m_waiting.front().said);
        m_sent.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    m_isWriting = true;
    m_store.thread().run([this, &logs = m_store.logs(), batch] {
        QElapsedTimer timer;
        timer.start();
        const Written answers = logs.write(batch);
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        answerLater(&m_inbox, [this, answers, seconds] { written(answers, seconds); });
    });
}

void SqliteRoomLog::written(const Written &answers, double seconds)
{
    m_isWriting = false;
    ++m_stats.writes;
    m_stats.writeSeconds += seconds;
    noteTrouble(answers);
    if (answers) {
        m_epochs.written();
        takeHeads(answers->heads);
    } else {
        m_epochs.failed();
    }
    const auto sent = std::exchange(m_sent, {});
    for (size_t i = 0; i < sent.size(); ++i) {
        const Post &post = sent[i];
        if (!answers) {
            finish(post, answers.error());
            continue;
        }
        const LogAnswers::Answer &answer = answers->said.at(qsizetype(i));
        if (answer.isNew) {
            const chat::Utterance &utterance = post.said.utterance;
            // Cannot fail: the names of rooms' groups are valid.
            (void)m_layer.groupSend(
                chat::roomGroup(utterance.room),
                chat::makeChatMessage(*answer.message, utterance.json, utterance.origin));
        }
        finish(post, answer.message);
    }
    if (!m_waiting.empty() || (answers && !m_epochs.isEmpty()))
        write();
    else if (!m_epochs.isEmpty())
        m_writeTimer.start(m_options.retryInterval);
    endIfIdle();
}

void SqliteRoomLog::takeHeads(const QHash<QString, LogHead> &heads)
{
    for (auto it = heads.cbegin(); it != heads.cend(); ++it) {
        const auto head = m_heads.find(it.key());
        if (head == m_heads.end() || head->epoch != it->epoch)
            continue; // forgotten meanwhile
        m_stats.kept += it->range.count() - head->range.count();
        head->range = it->range;
    }
}

// The answer comes behind the message itself, which is on its way through the layer.
void SqliteRoomLog::finish(const Post &post, const Expected<ChatMessage> &answer)
{
    const auto head = m_heads.find(post.said.utterance.room);
    if (head != m_heads.end() && head->epoch == post.said.epoch)
        --head->waiting;
    --m_stats.unwritten;
    m_unwrittenBytes -= sizeOf(post.said.utterance);
    Expected<ChatMessage> told = answer;
    if (!answer && answer.error().code != "bad_id"_L1) {
        ++m_stats.refused[answer.error().code];
        told = Error{u"not_logged"_s, reasonFor(answer.error().code)};
    }
    if (post.context)
        answerLater(post.context, [told, posted = post.posted] { posted(told); });
}

void SqliteRoomLog::noteTrouble(const Written &answers)
{
    const QString cause = answers ? QString() : answers.error().code;
    if (std::exchange(m_trouble, cause) == cause)
        return;
    if (answers)
        qCInfo(lcStorage) << "the history is written again";
    else
        qCWarning(lcStorage).noquote()
            << "what is said cannot be kept, so it is refused:" << answers.error().message;
}

void SqliteRoomLog::prune()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_store.thread().run([this, &logs = m_store.logs(), now] {
        const auto pruned = logs.prune(now);
        if (!pruned)
            return; // the next write says why, or the next attempt goes well
        answerLater(&m_inbox, [this, pruned = *pruned] {
            takeHeads(pruned.heads);
            if (pruned.hasMore)
                prune();
        });
    });
}

void SqliteRoomLog::close(QObject *context, std::function<void()> closed)
{
    m_stats.isOpen = false;
    m_closing = context;
    m_closed = std::move(closed);
    write();
    endIfIdle();
}

void SqliteRoomLog::endIfIdle()
{
    if (m_isWriting || !m_waiting.empty() || !m_closing)
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
    return {head.epoch, head.range.newest};
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
