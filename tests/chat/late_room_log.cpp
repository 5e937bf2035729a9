// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "late_room_log.h"

#include "chat/log_answer.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using chat::Expected;

namespace {
chat::Error fullDisk()
{
    return {u"not_logged"_s, u"The disk is full."_s};
}
} // namespace

LateRoomLog::LateRoomLog(chat::RoomLog &log)
    : m_log(log)
{
}

void LateRoomLog::post(const chat::Utterance &utterance, QObject *context, Posted posted)
{
    if (isSlow)
        m_held.push_back([this, utterance, guard = QPointer(context), posted] {
            if (guard)
                post(utterance, guard, posted);
        });
    else if (isFull)
        chat::answerLater(context, [posted = std::move(posted)] { posted(fullDisk()); });
    else
        m_log.post(utterance, context, std::move(posted));
}

void LateRoomLog::change(const chat::Change &change, QObject *context, Changed changed)
{
    if (isFull)
        chat::answerLater(context, [changed = std::move(changed)] { changed(fullDisk()); });
    else
        m_log.change(change, context, std::move(changed));
}

template <typename Answer>
void LateRoomLog::answer(
    QObject *context, const std::function<void(const Expected<Answer> &)> &give,
    const std::function<void(QObject *, std::function<void(const Expected<Answer> &)>)> &ask)
{
    const auto held = [this](QObject *waiting, const std::function<void()> &call) {
        m_held.push_back([guard = QPointer<QObject>(waiting), call] {
            if (guard)
                call();
        });
    };
    if (isBroken)
        held(context, [give] { give(chat::Error{u"disk"_s, u"The disk is broken."_s}); });
    else if (lateness == Lateness::Read)
        held(context, [context, give, ask] { ask(context, give); });
    else if (lateness == Lateness::Answer)
        ask(this, [held, context = QPointer<QObject>(context), give](const auto &got) {
            held(context, [give, got] { give(got); });
        });
    else
        ask(context, give);
}

void LateRoomLog::last(const QString &room, int count, QObject *context, Read read)
{
    answer<Page>(context, read, [this, room, count](QObject *asker, const Read &give) {
        m_log.last(room, count, asker, give);
    });
}

void LateRoomLog::before(const QString &room, qint64 number, int count, QObject *context, Read read)
{
    answer<Page>(context, read, [this, room, number, count](QObject *asker, const Read &give) {
        m_log.before(room, number, count, asker, give);
    });
}

void LateRoomLog::since(const QString &room, const Position &position, int count, QObject *context,
                        CaughtUp caughtUp)
{
    answer<Catchup>(context, caughtUp,
                    [this, room, position, count](QObject *asker, const CaughtUp &give) {
                        m_log.since(room, position, count, asker, give);
                    });
}

void LateRoomLog::search(const Search &search, QObject *context, Searched searched)
{
    answer<Hits>(context, searched, [this, search](QObject *asker, const Searched &give) {
        m_log.search(search, asker, give);
    });
}

void LateRoomLog::release()
{
    const auto held = std::exchange(m_held, {});
    for (const auto &call : held)
        call();
}

} // namespace parlour::tests
