// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/monitor_frames.h"
#include "models/monitor/rate_meter.h"
#include "models/monitor/tile_model.h"
#include "models/monitor/time_series.h"

#include <array>

namespace parlour::models {

/// How a watched host is; each number has its recent past too.
class OverviewModel final : public TileModel
{
    Q_OBJECT
public:
    enum Tile {
        Connections,
        People,
        Channels,
        Groups,
        MessagesIn,
        MessagesOut,
        Traffic,
        Dropped,
        EventLoopLag,
        Memory,
        Rooms,
        Refused,
        TileCount
    };
    using enum TileRole;
    enum Line { ConnectionLine, InLine, OutLine, DropLine, LineCount };
    static constexpr int HistorySize = TileHistory;

    explicit OverviewModel(QObject *parent = nullptr)
        : TileModel(TileCount, parent)
    {
    }

    void setSnapshot(const chat::MonitorSnapshot &snapshot);
    /// Five minutes of a number, for charts.
    const QList<double> &line(Line line) const { return m_lines[line].samples(); }

    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString title(int tile) const override;
    void measure(const chat::MonitorSnapshot &snapshot);
    void remember(Tile tile, double value);
    Reading reading(int tile, const chat::MonitorSnapshot &snapshot) const;
    static Reading droppedReading(const channels::Snapshot &snapshot);
    static Reading connectionReading(const channels::Snapshot &snapshot);
    static Reading inBytes(double bytes, const QString &unitForm);

    std::array<QList<double>, TileCount> m_history;
    std::array<TimeSeries, LineCount> m_lines;
    RateMeter m_in;
    RateMeter m_out;
    RateMeter m_bytes;
    RateMeter m_drops;
    qint64 m_started = 0;
};

} // namespace parlour::models
