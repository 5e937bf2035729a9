// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/monitor_frames.h"
#include "models/monitor/tile_model.h"
#include "models/monitor/time_series.h"

#include <optional>

namespace parlour::models {

/// How a watched host shares its rooms with other processes: one row a number, like OverviewModel,
/// and what there is to say in sentences.
class BridgeModel final : public TileModel
{
    Q_OBJECT
public:
    enum Tile { State, RoundTrip, Waiting, Reconnects, Unreadable, TileCount };

    explicit BridgeModel(QObject *parent = nullptr)
        : TileModel(TileCount, parent)
    {
    }

    void setSnapshot(const chat::MonitorSnapshot &snapshot);
    /// Nothing: the host shares its rooms with no other process.
    const std::optional<channels::BridgeInfo> &bridge() const { return m_bridge; }
    /// The slowest server's answer to a ping in ms, over five minutes; a gap while one is away.
    const QList<double> &roundTrips() const { return m_roundTrips.samples(); }

    /// That Redis, or how much of it, does not answer or work; empty while all is well.
    QString troubleHead() const;
    /// Why, what that means here and when it is tried again; empty while all is well.
    QString trouble() const;
    /// Whether nobody between the host and its Redis servers can read along: "Yes", "No", and why
    /// it need not be.
    QString linkSecrecy() const;
    CellTone linkSecrecyTone() const;

    /// "Connected", "Connecting", "No answer".
    static QString stateText(channels::BridgeInfo::State state);
    static CellTone stateTone(channels::BridgeInfo::State state);
    /// "1.8" for 1800 µs; a dash where it was not measured.
    static QString roundTripText(int microseconds);

private:
    QString title(int tile) const override;
    void measure();
    Reading reading(int tile) const;
    Reading stateReading() const;
    Reading roundTripReading() const;
    Reading waitingReading() const;
    Reading reconnectReading() const;
    Reading unreadableReading() const;
    QList<channels::BridgeInfo::Host> away() const;
    QString problem() const;
    QString nextTry() const;

    std::optional<channels::BridgeInfo> m_bridge;
    TimeSeries m_roundTrips;
    int m_lastRoundTripUs = -1;
    qint64 m_now = 0; ///< ms UTC, by the host's clock
    qint64 m_started = 0;
};

} // namespace parlour::models
