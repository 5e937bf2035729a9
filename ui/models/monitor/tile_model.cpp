// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/tile_model.h"

#include <utility>

namespace parlour::models {

using namespace Qt::StringLiterals;

TileModel::TileModel(int tiles, QObject *parent)
    : QAbstractListModel(parent)
    , m_readings(std::size_t(tiles))
{
}

void TileModel::setReading(int tile, const Reading &reading, bool isTold)
{
    if (std::exchange(m_readings[std::size_t(tile)], reading) != reading || isTold)
        Q_EMIT dataChanged(index(tile), index(tile));
}

int TileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_readings.size());
}

QVariant TileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Reading &shown = m_readings[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return title(index.row());
    case Qt::AccessibleTextRole:
        return QString(title(index.row()) + u": "_s
                       + QStringList{shown.value, shown.unit, shown.note}.join(u' ').simplified());
    case ValueRole:
        return shown.value;
    case UnitRole:
        return shown.unit;
    case NoteRole:
        return shown.note;
    case ToneRole:
        return int(shown.tone);
    default:
        return {};
    }
}

} // namespace parlour::models
