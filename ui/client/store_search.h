// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace parlour::client {

class HostStore;

/// Searches what is kept of a host, for when the host itself cannot be asked: a slice of a room in
/// a turn, so that the window is never held up. Lives in the window's thread.
class StoreSearch : public QObject
{
    Q_OBJECT
public:
    static constexpr int PageCount = 50; ///< so many at least, where there are that many

    /// Where `store` ends, there is nothing more; `words`: chat::searchedWords().
    StoreSearch(HostStore &store, const QStringList &rooms, const QStringList &words,
                QObject *parent = nullptr);

    /// Looks for the first page, or the next one. Once paged() was told, it may be called again.
    void next();

Q_SIGNALS:
    /// In a later turn; each room from its newest message on.
    void paged(const QList<parlour::chat::ChatMessage> &found, bool hasMore);

private:
    void readSlice();

    struct Place {
        QString room;
        chat::Position before; ///< an empty epoch: its end
    };

    QPointer<HostStore> m_store;
    QList<Place> m_places; ///< rooms that are not looked through yet, in turn
    QStringList m_words;
    QList<chat::ChatMessage> m_found;
    QTimer m_turn;
};

} // namespace parlour::client
