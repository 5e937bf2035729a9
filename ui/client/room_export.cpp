// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/room_export.h"

#include "client/host_store.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::ChatMessage;
using chat::HistoryFrame;
using chat::LinkState;
using chat::Position;

namespace {

constexpr int StorePage = 200;
constexpr int MaxUnanswered = 60; ///< before it is given up, while the host is there
constexpr int MaxChanged = 5000; ///< of a host that never rests
constexpr qint64 MaxMissing = 1'000'000'000;
constexpr qint64 MaxSpool = qint64(16) * 1024 * 1024 * 1024;

} // namespace

RoomExport::RoomExport(Request request, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_file(m_request.file)
{
    m_next.setSingleShot(true);
}

RoomExport::~RoomExport()
{
    m_file.cancelWriting();
}

bool RoomExport::openFiles()
{
    if (!m_file.open(QIODevice::WriteOnly)) {
        fail(tr("The file cannot be written: %1").arg(m_file.errorString()));
        return false;
    }
    if (!m_spool.open()) {
        fail(tr("There is no place for temporary files: %1").arg(m_spool.errorString()));
        return false;
    }
    return true;
}

void RoomExport::readHost(const HostAddress &address, ClientOptions options)
{
    if (!openFiles())
        return;
    options.store = nullptr; // what is read is for the file alone
    m_client = new HostClient(address, std::move(options), this);
    connect(&m_next, &QTimer::timeout, this, &RoomExport::askNext);
    connect(m_client, &HostClient::linkChanged, this, &RoomExport::linkChanged);
    connect(m_client, &HostClient::history, this, [this](const HistoryFrame &page) {
        if (page.room == m_request.room)
            take(page);
    });
    connect(m_client, &HostClient::changed, this, [this](const chat::ChangedFrame &change) {
        if (change.room == m_request.room)
            noteChange(change.message);
    });
    connect(m_client, &HostClient::left, this, [this](const QString &room) {
        if (room == m_request.room)
            fail(tr("The room was closed meanwhile."));
    });
    connect(m_client, &HostClient::failed, this,
            [this](const chat::ErrorFrame &error) { fail(error.message); });
    m_client->open();
    m_client->join(m_request.room);
}

void RoomExport::linkChanged(const chat::Link &link)
{
    if (link.state == LinkState::Refused)
        return fail(link.problem);
    if (!m_hasEnded)
        Q_EMIT waitingChanged(link.state != LinkState::Online);
}

/// A newcomer's page is the first; pages before it follow. What comes of later entries is none of
/// this export, but for what it says of older ones.
void RoomExport::take(const HistoryFrame &page)
{
    if (m_hasEnded || m_writer)
        return;
    if (!m_end) {
        if (page.before || page.after)
            return;
        begin({page.epoch, page.number});
        keep(page);
        return m_next.start(0);
    }
    for (const ChatMessage &message : page.changed)
        noteChange(message);
    if (!page.before && page.epoch != m_end->epoch)
        return fail(tr("The room has begun anew meanwhile. Export it again."));
    if (!page.before || *page.before != m_first)
        return;
    const bool isNext = page.epoch == m_end->epoch && page.number + 1 == m_first;
    if (isNext && page.first > 0) {
        keep(page);
        m_unanswered = 0;
        Q_EMIT progressed(m_end->number - m_first + 1, 2 * m_end->number);
        return page.more ? m_next.start(0) : startWriting();
    }
    if (!page.more)
        return startWriting(); // the host has no older ones
    const bool isOnline = m_client->link().state == LinkState::Online;
    if (isOnline && ++m_unanswered > MaxUnanswered)
        return fail(tr("The host does not hand out what was said earlier. Try again later."));
    m_next.start(m_request.pause);
}

void RoomExport::begin(const Position &end)
{
    m_end = end;
    m_first = end.number + 1;
}

void RoomExport::keep(const HistoryFrame &page)
{
    if (page.first <= 0)
        return;
    const QByteArray bytes = chat::encode(chat::ServerFrame{page});
    m_pieces.append({m_spool.pos(), bytes.size()});
    m_first = page.first;
    if (m_spool.pos() > MaxSpool || m_spool.write(bytes) != bytes.size())
        fail(tr("There is no place for temporary files: %1").arg(m_spool.errorString()));
}

void RoomExport::noteChange(const ChatMessage &message)
{
    if (!m_end || message.number > m_end->number)
        return;
    m_changed.insert(message.number, message);
    if (m_changed.size() > MaxChanged)
        fail(tr("Too much was changed meanwhile. Export the room again."));
}

void RoomExport::askNext()
{
    if (m_hasEnded)
        return;
    if (m_first <= 1 || m_pieces.isEmpty())
        return startWriting();
    m_client->requestOlder(m_request.room, {m_end->epoch, m_first});
}

void RoomExport::readStore(HostStore &store)
{
    if (!openFiles())
        return;
    connect(&m_next, &QTimer::timeout, this, [this, &store] { askStore(store); });
    connect(&store, &QObject::destroyed, this,
            [this] { fail(tr("You have left the host meanwhile.")); });
    m_next.start(0);
}

void RoomExport::askStore(HostStore &store)
{
    const QList<ChatMessage> messages = m_end
        ? store.before(m_request.room, {m_end->epoch, m_first}, StorePage)
        : store.last(m_request.room, StorePage);
    if (messages.isEmpty() && !m_end)
        return fail(tr("Nothing of this room is kept on this computer."));
    if (!m_end)
        begin({messages.last().epoch, messages.last().number});
    HistoryFrame page{m_request.room, m_end->epoch, {}};
    for (const ChatMessage &message : messages) {
        if (message.epoch == m_end->epoch && message.number < m_first)
            page.messages.append(message);
    }
    m_hasEarlier = m_hasEarlier || page.messages.size() < messages.size();
    if (page.messages.isEmpty()) {
        noteMissing(store);
        return startWriting();
    }
    m_firstTime = page.messages.first().time;
    page.number = m_first - 1;
    page.first = page.messages.first().number;
    keep(page);
    Q_EMIT progressed(m_end->number - m_first + 1, 2 * m_end->number);
    if (!m_hasEnded)
        m_next.start(0);
}

void RoomExport::noteMissing(HostStore &store)
{
    m_known = store.ranges(m_request.room, m_end->epoch);
    qint64 count = 0;
    qint64 next = m_first;
    for (const chat::NumberRanges::Range &range : m_known.ranges()) {
        if (range.first > m_end->number)
            break;
        count += std::max<qint64>(range.first - next, 0);
        next = std::max(next, range.last + 1);
    }
    QStringList sentences;
    if (m_first > 1 || m_hasEarlier) {
        const auto time = QDateTime::fromMSecsSinceEpoch(m_firstTime, m_request.look.zone);
        sentences << tr("What was said before %1 is not in it.")
                         .arg(m_request.look.locale.toString(time, QLocale::ShortFormat));
    }
    if (count > 0)
        sentences << tr("Up to %n message(s) are missing in it, which this computer never got; the "
                        "file says where.",
                        nullptr, int(std::min<qint64>(count, MaxMissing)));
    m_missing = sentences.join(u' ');
}

void RoomExport::end()
{
    if (const auto ended = m_writer->end(); !ended)
        return fail(tr("The file cannot be written: %1").arg(ended.error().message));
    if (!m_file.commit())
        return fail(tr("The file cannot be written: %1").arg(m_file.errorString()));
    m_hasEnded = true;
    if (m_client)
        m_client->close();
    Q_EMIT finished();
}

void RoomExport::fail(const QString &sentence)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_next.stop();
    m_file.cancelWriting();
    if (m_client)
        m_client->close();
    QMetaObject::invokeMethod(
        this, [this, sentence] { Q_EMIT failed(sentence); }, Qt::QueuedConnection);
}

} // namespace parlour::client
