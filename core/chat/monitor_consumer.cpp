// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/monitor_consumer.h"

#include "chat/close_codes.h"
#include "chat/monitor_event.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::chat {

namespace {

constexpr auto Interval = 250ms;
constexpr int TicksPerSecond = 4;

template <typename T>
void cut(QList<T> &rows, int &leftOut)
{
    if (rows.size() <= MonitorSnapshot::MaxRows)
        return;
    leftOut += int(rows.size() - MonitorSnapshot::MaxRows);
    rows.resize(MonitorSnapshot::MaxRows);
}

// What a monitor changes by being told is no change: its own connection, what was sent in all, the
// time.
QByteArray fingerprint(MonitorSnapshot frame, quint64 ownConnection)
{
    channels::Snapshot &snapshot = frame.snapshot;
    snapshot.connections.removeIf(
        [&](const channels::ConnectionInfo &info) { return info.id == ownConnection; });
    snapshot.totals.messagesOut = 0;
    snapshot.totals.bytesOut = 0;
    snapshot.time = 0;
    snapshot.eventLoopLagMs = 0;
    snapshot.memoryBytes = 0;
    return QCryptographicHash::hash(encode(MonitorFeed{frame}), QCryptographicHash::Sha1);
}

} // namespace

MonitorConsumer::MonitorConsumer(const channels::Scope &scope, const channels::Send &send,
                                 House &house, channels::Inspector &inspector)
    : WebsocketConsumer(scope, send)
    , m_house(house)
    , m_inspector(inspector)
{
}

MonitorConsumer::~MonitorConsumer()
{
    setWatching(false);
}

void MonitorConsumer::connected()
{
    accept();
    if (scope().user.role != "owner"_L1) {
        sendError({u"not_allowed"_s, u"The monitor is for the host's owner."_s});
        close(close_code::NotAllowed, u"the monitor is for the host's owner"_s);
        return;
    }
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    m_timer.start(Interval);
    sendSnapshot(true);
}

void MonitorConsumer::receiveText(const QByteArray &text)
{
    const auto command = parseMonitorCommand(text);
    if (!command)
        sendError(command.error());
    else
        std::visit([this](const auto &content) { handleFrame(content); }, *command);
}

void MonitorConsumer::disconnected(int)
{
    m_timer.stop();
    setWatching(false);
}

void MonitorConsumer::handleFrame(const WatchFrame &frame)
{
    setWatching(frame.messages);
}

void MonitorConsumer::handleFrame(const CloseConnectionFrame &frame)
{
    const auto closed = m_inspector.close(frame.connection, close_code::PolicyViolation,
                                          u"closed by the host's owner"_s);
    if (!closed)
        sendError(closed.error());
}

void MonitorConsumer::handleFrame(const PingConnectionFrame &frame)
{
    const auto pinged = m_inspector.ping(frame.connection);
    if (!pinged)
        sendError(pinged.error());
}

// A monitor that does not read gets nothing more to read, until it has caught up.
void MonitorConsumer::tick()
{
    if (!isOpen() || send().backlog().messages > 0)
        return;
    sendActivity();
    sendSnapshot(++m_ticksSinceSnapshot >= TicksPerSecond);
}

void MonitorConsumer::sendSnapshot(bool evenIfUnchanged)
{
    MonitorSnapshot frame;
    frame.snapshot = m_inspector.snapshot();
    frame.title = m_house.info().title;
    frame.people = m_house.people().count();
    frame.rooms = m_house.rooms().count();
    cut(frame.snapshot.connections, frame.leftOut);
    cut(frame.snapshot.channels, frame.leftOut);
    cut(frame.snapshot.groups, frame.leftOut);
    const QByteArray now = fingerprint(frame, scope().connection);
    if (!evenIfUnchanged && now == m_sent)
        return;
    m_sent = now;
    m_ticksSinceSnapshot = 0;
    sendText(encode(MonitorFeed{frame}));
}

void MonitorConsumer::collect(const channels::Activity &activity)
{
    if (m_activity.events.size() < MonitorActivity::MaxEvents)
        m_activity.events.append(monitorEventOf(activity));
    else
        ++m_activity.skipped;
}

void MonitorConsumer::sendActivity()
{
    if (m_activity.events.isEmpty())
        return;
    sendText(encode(MonitorFeed{std::exchange(m_activity, {})}));
}

void MonitorConsumer::sendError(const Error &error)
{
    sendText(encode(MonitorFeed{ErrorFrame{error.code, error.message, {}, {}, 0}}));
}

void MonitorConsumer::setWatching(bool isWatching)
{
    if (isWatching == bool(m_watching))
        return;
    if (isWatching) {
        m_watching =
            QObject::connect(&m_inspector, &channels::Inspector::activity, &m_timer,
                             [this](const channels::Activity &activity) { collect(activity); });
        m_house.addWatcher();
    } else {
        QObject::disconnect(std::exchange(m_watching, {}));
        m_activity = {};
        m_house.removeWatcher();
    }
}

} // namespace parlour::chat
