// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/parlour_consumer.h"
#include "chat/search_words.h"
#include "chat/text_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

/// What a parlour.v1 client may look for.
namespace parlour::chat {

Expected<RoomLog::Search> ParlourConsumer::searchOf(const SearchFrame &frame) const
{
    const auto words = searchedWords(frame.text);
    if (!words)
        return words.error();
    RoomLog::Search search{{}, *words, 0, frame.count};
    if (!frame.next.isEmpty()) {
        const auto place = std::find_if(m_places.begin(), m_places.end(), [&](const auto &known) {
            return known.first == frame.next;
        });
        if (place == m_places.end())
            return Error{u"bad_search"_s,
                         u"\"next\" is of none of the last answers here. Search anew."_s};
        search.next = place->second;
    }
    // What is said in a room is for those who are in it; and an unlisted one's title is a secret.
    for (const auto &[title, visit] : m_visits)
        search.rooms.append(title);
    return search;
}

// The log's own numbers would tell how much is said in rooms that the client is not in.
QString ParlourConsumer::nextOf(qint64 place)
{
    if (m_places.size() >= MaxPlaces)
        m_places.pop_front();
    return m_places.emplace_back(newUuid(), place).first;
}

void ParlourConsumer::handleFrame(const SearchFrame &frame)
{
    if (!isUuid(frame.id))
        return sendError(Error{u"bad_id"_s, u"A search needs an id: a UUID."_s}, frame.room,
                         frame.id);
    const RoomVisit *visit = frame.room.isEmpty() ? nullptr : visitOf(frame.room, frame.id);
    if (!frame.room.isEmpty() && !visit)
        return;
    auto search = searchOf(frame);
    if (!search)
        return sendError(search.error(), frame.room, frame.id);
    if (m_search && !m_search->isDone())
        return sendError(Error{u"out_of_turn"_s, u"Another search is not answered yet."_s},
                         frame.room, frame.id);
    if (visit)
        search->rooms = {visit->room().title()};
    m_search = std::make_unique<RoomSearch>(
        m_log, *search, m_options.clock,
        [this, id = frame.id, room = frame.room](const Expected<RoomLog::Hits> &hits) {
            if (!hits)
                return sendError(hits.error(), room, id);
            const QString next = hits->next > 0 ? nextOf(hits->next) : QString();
            sendText(encode(ServerFrame{FoundFrame{id, hits->messages, next}}));
        });
}

} // namespace parlour::chat
