// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame_values.h"
#include "chat/search_words.h"

#include <QAbstractListModel>
#include <QSet>

#include <limits>

namespace parlour::models {

/// A message that was found, and at which host.
struct FoundMessage {
    QString hostId;
    QString hostTitle;
    chat::ChatMessage message;
};

/// What a search has found so far, of all hosts, the newest first. Lives in the window's thread.
class SearchResultModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    /// Of more, those that come later are left out.
    static constexpr int MaxRows = 1000;

    enum Role {
        HostIdRole = Qt::UserRole + 1, ///< QString
        RoomRole, ///< QString
        PlaceRole, ///< QString: the room, and its host where several are searched; empty: the room
                   ///< is known
        IdRole, ///< QString
        PositionRole, ///< chat::Position
        SenderNameRole, ///< QString
        TimeRole, ///< qint64, ms UTC
        TextRole, ///< QString
        RangesRole, ///< QList<chat::TextRange> of the text: the words that were looked for
    };
    /// What a row says of where a message stands.
    enum class Places { Nothing, Rooms, RoomsAndHosts };

    explicit SearchResultModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// Begins anew. `words`: chat::searchedWords().
    void begin(const QStringList &words, Places places);
    /// Each message of a host and room once.
    void add(const QList<FoundMessage> &found);
    /// A message that may be here is another one now; what was deleted goes, as does what has not
    /// all words any more.
    void change(const QString &hostId, const chat::ChatMessage &message);
    /// What was said before this time (ms UTC) waits: of a host that was not asked for it yet there
    /// may be more that stands between. So what is shown only grows at its end. At first: nothing
    /// waits.
    void setHorizon(qint64 time);
    bool isFull() const { return m_rows.size() + m_waiting.size() >= MaxRows; }

private:
    static constexpr qint64 Everything = std::numeric_limits<qint64>::min();

    static QString keyOf(const QString &hostId, const chat::ChatMessage &message);
    QString placeOf(const FoundMessage &found) const;
    void showWaiting();

    QList<FoundMessage> m_rows;
    QList<FoundMessage> m_waiting; ///< beyond the horizon
    QSet<QString> m_keys; ///< of both
    qint64 m_horizon = Everything;
    QStringList m_words;
    Places m_places = Places::Nothing;
};

} // namespace parlour::models
