// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/monitor_frames.h"
#include "models/monitor/rate_meter.h"
#include "models/monitor/roles.h"
#include "models/monitor/time_series.h"

#include <QAbstractListModel>

#include <array>

namespace parlour::models {

/// How a watched host is, one row a number: what it is called (DisplayRole), the number, its unit,
/// a line about it and its recent past.
class OverviewModel final : public QAbstractListModel
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

    using QAbstractListModel::QAbstractListModel;

    void setSnapshot(const chat::MonitorSnapshot &snapshot);
    /// Five minutes of a number, for charts.
    const QList<double> &line(Line line) const { return m_lines[line].samples(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Reading {
        QString value;
        QString unit;
        QString note;
        CellTone tone = CellTone::Plain;

        friend bool operator==(const Reading &, const Reading &) = default;
    };

    static QString title(int tile);
    void measure(const chat::MonitorSnapshot &snapshot);
    void remember(Tile tile, double value);
    Reading reading(int tile, const chat::MonitorSnapshot &snapshot) const;
    static Reading droppedReading(const channels::Snapshot &snapshot);
    static Reading connectionReading(const channels::Snapshot &snapshot);
    static Reading inBytes(double bytes, const QString &unitForm);

    std::array<Reading, TileCount> m_readings;
    std::array<QList<double>, TileCount> m_history;
    std::array<TimeSeries, LineCount> m_lines;
    RateMeter m_in;
    RateMeter m_out;
    RateMeter m_bytes;
    RateMeter m_drops;
    qint64 m_started = 0;
};

} // namespace parlour::models
