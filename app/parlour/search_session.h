// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "models/search_result_model.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

namespace parlour::client {
class StoreSearch;
}
namespace parlour::widgets {
class MainWindow;
class SearchPanel;
} // namespace parlour::widgets

namespace parlour {

class HostSession;

/// What the person looks for: asks the hosts, or what is kept of those that are away, and shows
/// what they find in the window's panel. Lives in the window's thread.
class SearchSession final : public QObject
{
    Q_OBJECT
public:
    /// All hosts that the app is at.
    using Hosts = std::function<QList<HostSession *>()>;

    /// `window` outlives this; `hosts` is asked while it lives.
    SearchSession(widgets::MainWindow &window, Hosts hosts, QObject *parent = nullptr);

    /// The room that the window shows; null: none.
    void setShown(HostSession *host, const QString &room);

Q_SIGNALS:
    /// The person wants to see a message that was found.
    void chosen(const QString &hostId, const QString &room, const QString &message,
                const parlour::chat::Position &position);

private:
    /// One host's part of a search.
    struct Part {
        QPointer<HostSession> host;
        QString room; ///< empty: all
        QString asked; ///< the id of the search that is on its way; empty: none
        QString next; ///< of the host's next page; empty: there is none
        client::StoreSearch *kept = nullptr; ///< child of m_run, where the host is away
        bool isBusy = false;
        bool hasMore = false;
        std::optional<qint64> oldest; ///< time of the last message that was found; none: none was
    };

    void search();
    void more();
    void addPart(HostSession &host, const QString &room);
    void connectPart(int at);
    void ask(Part &part);
    void searchKept(int at);
    void found(int at, const chat::FoundFrame &frame);
    void take(int at, const QList<chat::ChatMessage> &messages);
    void showHorizon();
    void failed(int at, const chat::ErrorFrame &error);
    void showState();

    widgets::SearchPanel &m_panel; ///< the window's
    Hosts m_hosts;
    models::SearchResultModel m_results;
    QPointer<HostSession> m_host;
    QString m_room;
    QString m_text; ///< what is searched for
    QStringList m_words; ///< of it; none: nothing is
    QList<Part> m_parts;
    QObject *m_run = nullptr; ///< context of the search that goes on; a child
    QString m_problem; ///< why a host did not search
};

} // namespace parlour
