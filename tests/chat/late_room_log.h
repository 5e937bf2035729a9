// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/log_answer.h"
#include "chat/room_log.h"

#include <functional>
#include <vector>

namespace parlour::tests {

/// A log whose reading takes as long as a test wants it to, and whose disk may be full. `log`
/// outlives it.
class LateRoomLog final : public QObject, public chat::RoomLog
{
    Q_OBJECT
public:
    enum class Lateness {
        None,
        Answer, ///< it has read, and the answer is not there yet
        Read, ///< it has yet to read
    };

    explicit LateRoomLog(chat::RoomLog &log);

    void post(const chat::Utterance &utterance, QObject *context, Posted posted) override;
    void change(const chat::Change &change, QObject *context, Changed changed) override;
    void last(const QString &room, int count, QObject *context, Read read) override;
    void before(const QString &room, qint64 number, int count, QObject *context,
                Read read) override;
    void since(const QString &room, const Position &position, int count, QObject *context,
               CaughtUp caughtUp) override;
    void saidHere(const QString &room, const SaidHereQuery &query, QObject *context,
                  SaidHereRead read) override
    {
        m_log.saidHere(room, query, context, std::move(read));
    }
    void lastFrom(const QString &room, const QString &origin, QObject *context,
                  LastFound found) override
    {
        if (isBroken)
            chat::answerLater(context, [found = std::move(found)] {
                found(chat::Error{QStringLiteral("disk"), QStringLiteral("The disk is broken.")});
            });
        else
            m_log.lastFrom(room, origin, context, std::move(found));
    }
    void search(const Search &search, QObject *context, Searched searched) override;
    Position position(const QString &room) override { return m_log.position(room); }
    bool hasHistory(const QString &room) const override { return m_log.hasHistory(room); }
    void forget(const QString &room) override { m_log.forget(room); }

    /// What was held back goes on.
    void release();
    /// Whether something is held back.
    bool isHolding() const { return !m_held.empty(); }

    Lateness lateness = Lateness::None;
    bool isBroken = false; ///< nothing can be read
    bool isFull = false; ///< nothing can be written
    bool isSlow = false; ///< what is written waits for release()

private:
    template <typename Answer>
    void
    answer(QObject *context, const std::function<void(const chat::Expected<Answer> &)> &give,
           const std::function<void(QObject *, std::function<void(const chat::Expected<Answer> &)>)>
               &ask);

    chat::RoomLog &m_log;
    std::vector<std::function<void()>> m_held;
};

} // namespace parlour::tests
