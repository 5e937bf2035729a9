// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/monitor_frames.h"
#include "models/monitor/roles.h"

#include <QAbstractListModel>

#include <deque>

namespace parlour::models {

/// What happens in a watched host's layer, the newest first, as long as it is watched. At most
/// MaxRows are held, and as many again while it is paused; whatever does not fit is counted.
class LiveMessageModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        TimeRole = Qt::UserRole + 32,
        WayRole,
        FromRole,
        ToRole,
        TypeRole,
        SizeRole,
        PreviewRole,
        IsSkipRole, ///< the row says that events were left out
    };
    static constexpr int MaxRows = 2000;

    using QAbstractListModel::QAbstractListModel;

    void addActivity(const chat::MonitorActivity &activity);
    /// While paused the rows stand still and what comes waits; ending it shows what waited.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    void clear();

    /// Events since the start or clear(), skipped ones included.
    qint64 seen() const { return m_seen; }
    /// Events that the host left out because there were too many at once.
    qint64 skipped() const { return m_skipped; }
    /// Events that came since the pause, and how many of those no longer fit.
    qint64 cameInPause() const { return m_cameInPause; }
    qint64 lostInPause() const { return m_lostInPause; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void countsChanged();

private:
    struct Row {
        chat::MonitorEvent event;
        qint64 skipped = 0; ///< not 0: stands for that many events
    };

    void show(std::deque<Row> rows);
    void keepWaiting(std::deque<Row> rows);
    static QString wayText(const chat::MonitorEvent &event);
    static QString fromText(const chat::MonitorEvent &event);
    static QString toText(const chat::MonitorEvent &event);
    static QString previewText(const Row &row);
    static QString sentence(const Row &row);
    static CellTone tone(const Row &row);

    std::deque<Row> m_rows; ///< the newest in front
    std::deque<Row> m_waiting; ///< the newest at the back
    bool m_paused = false;
    qint64 m_seen = 0;
    qint64 m_skipped = 0;
    qint64 m_cameInPause = 0;
    qint64 m_lostInPause = 0;
};

} // namespace parlour::models
