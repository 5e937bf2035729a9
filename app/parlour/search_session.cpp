// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "search_session.h"

#include "chat/search_words.h"
#include "client/store_search.h"
#include "host_session.h"
#include "widgets/search/search_panel.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"

#include <algorithm>
#include <limits>

namespace parlour {

using client::HostClient;
using client::StoreSearch;
using models::SearchResultModel;
using widgets::SearchPanel;
using namespace Qt::StringLiterals;

SearchSession::SearchSession(widgets::MainWindow &window, Hosts hosts, QObject *parent)
    : QObject(parent)
    , m_panel(window.rooms().search())
    , m_hosts(std::move(hosts))
{
    m_panel.setModel(&m_results);
    connect(&m_panel, &SearchPanel::searchRequested, this, &SearchSession::search);
    connect(&m_panel, &SearchPanel::moreRequested, this, &SearchSession::more);
    connect(&m_panel, &SearchPanel::chosen, this, [this](const QModelIndex &result) {
        Q_EMIT chosen(result.data(SearchResultModel::HostIdRole).toString(),
                      result.data(SearchResultModel::RoomRole).toString(),
                      result.data(SearchResultModel::IdRole).toString(),
                      result.data(SearchResultModel::PositionRole).value<chat::Position>());
    });
}

void SearchSession::setShown(HostSession *host, const QString &room)
{
    const bool isOther = m_host != host || m_room != room;
    m_host = host;
    m_room = room;
    if (isOther && !m_panel.isEverywhere())
        search();
}

void SearchSession::search()
{
    delete m_run;
    m_run = new QObject(this);
    m_parts.clear();
    m_problem.clear();
    const QString text = m_panel.isVisible() ? m_panel.text() : QString();
    const bool isEverywhere = m_panel.isEverywhere();
    const QList<HostSession *> hosts = isEverywhere ? m_hosts()
        : m_host                                    ? QList<HostSession *>{m_host}
                                                    : QList<HostSession *>();
    const auto words = chat::searchedWords(text);
    m_text = text;
    m_words = words ? *words : QStringList();
    m_results.begin(m_words,
                    !isEverywhere           ? SearchResultModel::Places::Nothing
                        : hosts.size() == 1 ? SearchResultModel::Places::Rooms
                                            : SearchResultModel::Places::RoomsAndHosts);
    if (words) {
        for (HostSession *host : hosts)
            addPart(*host, isEverywhere ? QString() : m_room);
        for (Part &part : m_parts)
            ask(part);
    } else if (!text.isEmpty()) {
        m_problem = tr("Search for one to ten words.");
    }
    showState();
}

void SearchSession::addPart(HostSession &host, const QString &room)
{
    Part part;
    part.host = &host;
    part.room = room;
    m_parts.append(part);
    connectPart(int(m_parts.size()) - 1);
}

void SearchSession::connectPart(int at)
{
    HostClient &client = m_parts.at(at).host->client();
    connect(&client, &HostClient::found, m_run,
            [this, at](const chat::FoundFrame &frame) { found(at, frame); });
    connect(&client, &HostClient::searchFailed, m_run,
            [this, at](const chat::ErrorFrame &error) { failed(at, error); });
    const auto change = [this, at](const QString &room, chat::ChatMessage message) {
        message.room = room;
        if (!m_parts.at(at).host)
            return;
        m_results.change(m_parts.at(at).host->id(), message);
        showState(); // it may have been the last that was found
    };
    connect(&client, &HostClient::changed, m_run,
            [change](const chat::ChangedFrame &frame) { change(frame.room, frame.message); });
    connect(&client, &HostClient::history, m_run, [change](const chat::HistoryFrame &frame) {
        for (const chat::ChatMessage &message : frame.changed) // while the link was away
            change(frame.room, message);
    });
}

/// For the next page, wherever it is to be had.
void SearchSession::ask(Part &part)
{
    if (!part.host)
        return;
    part.isBusy = true;
    if (part.kept != nullptr)
        return part.kept->next();
    part.asked = part.host->client().search(m_text, part.room, part.next);
}

void SearchSession::more()
{
    for (Part &part : m_parts)
        if (part.hasMore && !part.isBusy)
            ask(part);
    showState();
}

void SearchSession::found(int at, const chat::FoundFrame &frame)
{
    Part &part = m_parts[at];
    if (frame.id != part.asked)
        return;
    part.asked.clear();
    part.next = frame.next;
    part.hasMore = !frame.next.isEmpty();
    take(at, frame.messages);
    // The host had much to look through: it goes on.
    if (frame.messages.isEmpty() && part.hasMore) {
        ask(part);
        showState();
    }
}

void SearchSession::take(int at, const QList<chat::ChatMessage> &messages)
{
    Part &part = m_parts[at];
    part.isBusy = false;
    if (!part.host)
        return showState();
    QList<models::FoundMessage> rows;
    for (const chat::ChatMessage &message : messages)
        rows.append({part.host->id(), part.host->title(), message});
    if (!messages.isEmpty() && part.kept == nullptr)
        part.oldest = messages.constLast().time;
    showHorizon(); // first: what is shown is not taken back
    m_results.add(rows);
    if (m_results.isFull())
        showHorizon();
    showState();
}

/// Pages of hosts have the same length, whatever time they span; what is kept comes room by room.
void SearchSession::showHorizon()
{
    qint64 horizon = std::numeric_limits<qint64>::min();
    for (const Part &part : std::as_const(m_parts))
        if (part.host && part.hasMore && part.kept == nullptr && part.oldest)
            horizon = std::max(horizon, *part.oldest);
    m_results.setHorizon(m_results.isFull() ? std::numeric_limits<qint64>::min() : horizon);
}

void SearchSession::failed(int at, const chat::ErrorFrame &error)
{
    Part &part = m_parts[at];
    if (error.id != part.asked)
        return;
    part.asked.clear();
    part.isBusy = false;
    part.hasMore = false;
    showHorizon();
    if (error.code != "offline"_L1)
        m_problem = error.message;
    if (error.code != "bad_search"_L1 && part.host && part.host->client().store() != nullptr)
        searchKept(at);
    showState();
}

void SearchSession::searchKept(int at)
{
    Part &part = m_parts[at];
    const QStringList rooms = part.room.isEmpty() ? part.host->roomNames() : QStringList{part.room};
    part.kept = new StoreSearch(*part.host->client().store(), rooms, m_words, m_run);
    connect(part.kept, &StoreSearch::paged, m_run,
            [this, at](const QList<chat::ChatMessage> &messages, bool hasMore) {
                m_parts[at].hasMore = hasMore;
                take(at, messages);
            });
    ask(part);
}

void SearchSession::showState()
{
    const auto isBusy = [](const Part &part) { return part.isBusy; };
    const auto hasMore = [](const Part &part) { return part.hasMore; };
    QStringList kept;
    for (const Part &part : std::as_const(m_parts))
        if (part.kept != nullptr && part.host)
            kept.append(part.host->title());
    QStringList note;
    if (!m_problem.isEmpty())
        note.append(m_problem);
    if (!kept.isEmpty())
        note.append(
            tr("Of %1 only what is kept on this computer is searched.").arg(kept.join(", "_L1)));
    m_panel.setNote(note.join(u' '));
    const bool isSearching = std::any_of(m_parts.cbegin(), m_parts.cend(), isBusy);
    // Where it was not searched, nobody can say that there is nothing.
    const bool isRefused = !m_problem.isEmpty() && kept.isEmpty() && m_results.rowCount() == 0;
    const bool isIdle = m_words.isEmpty() || m_parts.isEmpty() || isRefused;
    m_panel.setState(isIdle            ? SearchPanel::State::Idle
                         : isSearching ? SearchPanel::State::Searching
                                       : SearchPanel::State::Done,
                     !m_results.isFull() && std::any_of(m_parts.cbegin(), m_parts.cend(), hasMore));
}

} // namespace parlour
