// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/search_result_model.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace parlour::models {

using namespace Qt::StringLiterals;

SearchResultModel::SearchResultModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int SearchResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SearchResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FoundMessage &found = m_rows.at(index.row());
    const chat::ChatMessage &message = found.message;
    switch (role) {
    case HostIdRole:
        return found.hostId;
    case RoomRole:
        return message.room;
    case PlaceRole:
        return placeOf(found);
    case IdRole:
        return message.id;
    case PositionRole:
        return QVariant::fromValue(chat::Position{message.epoch, message.number});
    case SenderNameRole:
        return message.sender.name;
    case TimeRole:
        return message.time;
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case RangesRole:
        return QVariant::fromValue(chat::foundIn(message.text, m_words));
    case Qt::AccessibleTextRole: {
        const auto when = QDateTime::fromMSecsSinceEpoch(message.time);
        QStringList parts{message.sender.name, QLocale().toString(when, QLocale::ShortFormat)};
        if (const QString place = placeOf(found); !place.isEmpty())
            parts.append(place);
        return parts.join(", "_L1) + ": "_L1 + message.text;
    }
    default:
        return {};
    }
}

void SearchResultModel::begin(const QStringList &words, Places places)
{
    beginResetModel();
    m_rows.clear();
    m_waiting.clear();
    m_keys.clear();
    m_horizon = Everything;
    m_words = words;
    m_places = places;
    endResetModel();
}

void SearchResultModel::add(const QList<FoundMessage> &found)
{
    for (const FoundMessage &one : found) {
        const QString key = keyOf(one.hostId, one.message);
        if (m_keys.contains(key) || isFull())
            continue;
        m_keys.insert(key);
        m_waiting.append(one);
    }
    showWaiting();
}

void SearchResultModel::setHorizon(qint64 time)
{
    m_horizon = time;
    showWaiting();
}

void SearchResultModel::showWaiting()
{
    const auto isDue = [this](const FoundMessage &one) { return one.message.time >= m_horizon; };
    const auto isNewer = [](qint64 time, const FoundMessage &row) {
        return time > row.message.time;
    };
    for (const FoundMessage &one : std::as_const(m_waiting)) {
        if (!isDue(one))
            continue;
        const auto at = std::upper_bound(m_rows.cbegin(), m_rows.cend(), one.message.time, isNewer);
        const int row = int(at - m_rows.cbegin());
        beginInsertRows({}, row, row);
        m_rows.insert(row, one);
        endInsertRows();
    }
    m_waiting.removeIf(isDue);
}

void SearchResultModel::change(const QString &hostId, const chat::ChatMessage &message)
{
    const QString key = keyOf(hostId, message);
    if (!m_keys.contains(key))
        return;
    const auto isIt = [&key](const FoundMessage &row) {
        return keyOf(row.hostId, row.message) == key;
    };
    const bool isFound = !message.isDeleted && chat::hasWords(message.text, m_words);
    const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), isIt);
    if (waiting != m_waiting.end())
        waiting->message.text = message.text;
    const auto shown = std::find_if(m_rows.cbegin(), m_rows.cend(), isIt);
    const int row = shown == m_rows.cend() ? -1 : int(shown - m_rows.cbegin());
    if (row >= 0 && isFound) {
        m_rows[row].message.text = message.text;
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (isFound)
        return;
    m_waiting.removeIf(isIt);
    m_keys.remove(key);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

QString SearchResultModel::keyOf(const QString &hostId, const chat::ChatMessage &message)
{
    return hostId + u'\n' + message.room + u'\n' + message.id;
}

QString SearchResultModel::placeOf(const FoundMessage &found) const
{
    switch (m_places) {
    case Places::Nothing:
        return {};
    case Places::Rooms:
        return found.message.room;
    case Places::RoomsAndHosts:
        return found.message.room + u" · "_s + found.hostTitle;
    }
    return {};
}

} // namespace parlour::models
