// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/roles.h"

#include <QAbstractListModel>

#include <vector>

namespace parlour::models {

/// Numbers of a watched host, one row each: what it is called (DisplayRole), the number, its unit
/// and a line about it.
class TileModel : public QAbstractListModel
{
    Q_OBJECT
public:
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

protected:
    struct Reading {
        QString value;
        QString unit = {};
        QString note = {};
        CellTone tone = CellTone::Plain;

        friend bool operator==(const Reading &, const Reading &) = default;
    };

    TileModel(int tiles, QObject *parent);

    virtual QString title(int tile) const = 0;
    /// Tells of it where it is another one, or where `isTold` all the same.
    void setReading(int tile, const Reading &reading, bool isTold = false);

private:
    std::vector<Reading> m_readings;
};

} // namespace parlour::models
