// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/health_pages.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::BridgeInfo;

namespace {

bool isLoopback(const QString &address)
{
    return address.startsWith("127."_L1) || address == "::1"_L1
        || address.startsWith("::ffff:127."_L1);
}

/// Writes metrics, each with what it means.
class MetricsText
{
public:
    void begin(const char *name, const char *type, const char *help)
    {
        m_name = name;
        m_text += "# HELP " + m_name + ' ' + help + "\n# TYPE " + m_name + ' ' + type + '\n';
    }
    void sample(double value, const QByteArray &label = {}, const QString &labelValue = {})
    {
        writeSample(m_name, value, label, labelValue);
    }
    /// Of a kind that has only these two.
    void summary(const char *name, const char *help, double sum, double count)
    {
        begin(name, "summary", help);
        writeSample(m_name + "_sum", sum);
        writeSample(m_name + "_count", count);
    }
    void gauge(const char *name, const char *help, double value)
    {
        begin(name, "gauge", help);
        sample(value);
    }
    void counter(const char *name, const char *help, double value)
    {
        begin(name, "counter", help);
        sample(value);
    }
    QByteArray take() { return std::move(m_text); }

private:
    void writeSample(const QByteArray &name, double value, const QByteArray &label = {},
                     const QString &labelValue = {})
    {
        m_text += name;
        if (!label.isEmpty())
            m_text += '{' + label + "=\"" + escaped(labelValue) + "\"}";
        m_text += ' ' + QByteArray::number(value, 'g', QLocale::FloatingPointShortest) + '\n';
    }

    static QByteArray escaped(const QString &text)
    {
        return text.toUtf8().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    }

    QByteArray m_name;
    QByteArray m_text;
};

void writeTraffic(MetricsText &text, const channels::Totals &totals)
{
    text.begin("parlour_messages_total", "counter", "WebSocket messages since the start");
    text.sample(double(totals.messagesIn), "direction", u"in"_s);
    text.sample(double(totals.messagesOut), "direction", u"out"_s);
    text.begin("parlour_bytes_total", "counter", "Bytes since the start");
    text.sample(double(totals.bytesIn), "direction", u"in"_s);
    text.sample(double(totals.bytesOut), "direction", u"out"_s);
    text.counter("parlour_connections_accepted_total", "Connections since the start",
                 double(totals.connectionsAccepted));
    text.counter("parlour_handshakes_refused_total", "Handshakes that were refused",
                 double(totals.handshakesRefused));
    text.begin("parlour_dropped_total", "counter", "Messages that were dropped, by cause");
    for (auto it = totals.dropped.cbegin(); it != totals.dropped.cend(); ++it)
        text.sample(double(it.value()), "cause", it.key());
}

// Of several servers of the store, the worst counts: what is said in some rooms goes no further.
void writeBridge(MetricsText &text, const BridgeInfo &bridge)
{
    int roundTripUs = -1;
    qint64 reconnects = 0;
    for (const BridgeInfo::Host &host : bridge.hosts) {
        roundTripUs = std::max(roundTripUs, host.roundTripUs);
        reconnects += host.reconnects;
    }
    text.gauge("parlour_redis_up", "1 while Redis is within reach",
               bridge.state() == BridgeInfo::State::Up ? 1 : 0);
    text.gauge("parlour_redis_waiting", "Messages that wait for Redis' return", bridge.waiting);
    if (roundTripUs >= 0) {
        text.gauge("parlour_redis_round_trip_seconds", "Of the last ping",
                   double(roundTripUs) / 1e6);
    }
    text.counter("parlour_redis_reconnects_total", "Connections to Redis after the first",
                 double(reconnects));
    text.counter("parlour_redis_undecodable_total", "Messages of others that could not be read",
                 double(bridge.undecodable));
    text.begin("parlour_not_shared_total", "counter",
               "Messages that hosts did not get from each other, by cause");
    for (auto it = bridge.notShared.cbegin(); it != bridge.notShared.cend(); ++it)
        text.sample(double(it.value()), "cause", it.key());
    text.gauge("parlour_hosts", "Hosts that share their rooms, this one included",
               bridge.peers + 1);
}

void writeHistory(MetricsText &text, const RoomLog::Stats &history)
{
    text.gauge("parlour_history_rows", "Messages and changes that are kept, of all rooms",
               double(history.kept));
    text.gauge("parlour_history_unwritten", "Messages that wait to be kept, and to be said",
               double(history.unwritten));
    text.summary("parlour_history_write_seconds", "Transactions of the history's file",
                 history.writeSeconds, double(history.writes));
    text.begin("parlour_history_refused_total", "counter",
               "Messages that could not be kept and were not said, by cause");
    for (auto it = history.refused.cbegin(); it != history.refused.cend(); ++it)
        text.sample(double(it.value()), "cause", it.key());
}

QByteArray metrics(const House &house, const RoomLog &log, const channels::Snapshot &snapshot)
{
    MetricsText text;
    text.begin("parlour_build_info", "gauge", "1, with the version");
    text.sample(1, "version", house.info().version);
    text.gauge("parlour_connections", "Open connections", double(snapshot.connections.size()));
    text.gauge("parlour_channels", "Channels of the layer", double(snapshot.channels.size()));
    text.gauge("parlour_groups", "Groups of the layer", double(snapshot.groups.size()));
    text.gauge("parlour_people", "People who are here", house.people().count());
    text.gauge("parlour_rooms", "Rooms, unlisted ones included", house.rooms().count());
    writeTraffic(text, snapshot.totals);
    writeHistory(text, log.stats());
    if (snapshot.bridge)
        writeBridge(text, *snapshot.bridge);
    text.gauge("parlour_event_loop_lag_seconds", "Worst lag of the last second",
               snapshot.eventLoopLagMs / 1000);
    if (snapshot.memoryBytes >= 0) {
        text.gauge("process_resident_memory_bytes", "Resident memory",
                   double(snapshot.memoryBytes));
    }
    if (snapshot.tlsExpiry > 0) {
        text.gauge("parlour_tls_expiry_seconds", "End of the certificate, seconds since 1970",
                   double(snapshot.tlsExpiry) / 1000);
    }
    text.gauge("process_start_time_seconds", "Start, seconds since 1970",
               double(snapshot.started) / 1000);
    return text.take();
}

} // namespace

MakePage healthPage()
{
    return [](const channels::Scope &) { return textPage(200, "ok\n"); };
}

MakePage readinessPage(const House &house, const RoomLog &log, const channels::Inspector &inspector)
{
    return [&](const channels::Scope &) {
        if (!house.isReady())
            return textPage(503, "shutting down\n");
        if (!log.stats().isOpen)
            return textPage(503, "history: closed\n");
        const auto bridge = inspector.bridge();
        if (!bridge)
            return textPage(200, "ready\n");
        const bool isUp = bridge->state() == BridgeInfo::State::Up;
        return textPage(200, isUp ? "ready\nredis: up\n" : "ready\nredis: down\n");
    };
}

MakePage metricsPage(const House &house, const RoomLog &log, const channels::Inspector &inspector)
{
    return [&](const channels::Scope &scope) {
        const bool isHere = isLoopback(scope.client.address) && !scope.proxied;
        if (!isHere && scope.user.role != "owner"_L1)
            return textPage(403, "Forbidden: metrics are for this machine and for the owner\n");
        return Page{200, metrics(house, log, inspector.snapshot()),
                    pageHeaders("text/plain; version=0.0.4; charset=utf-8")};
    };
}

} // namespace parlour::chat
