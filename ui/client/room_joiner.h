// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace parlour::client {

/// In which rooms a client wants to be, and in which it is. After every welcome it joins the wanted
/// ones again, one after the other, so that coming back with many rooms is no flood.
class RoomJoiner : public QObject
{
    Q_OBJECT
public:
    /// `answerTimeout`: how long a join may go unanswered before the next room's turn comes.
    RoomJoiner(std::chrono::milliseconds answerTimeout, QObject *parent);

    void want(const QString &room);
    void forget(const QString &room);
    bool wants(const QString &room) const { return m_wanted.contains(room); }
    bool isIn(const QString &room) const { return m_inside.contains(room); }
    const QSet<QString> &inside() const { return m_inside; }

    /// The host has welcomed us.
    void start();
    /// The link is lost: we are in no room.
    void stop();
    /// The host is telling us what we missed.
    void progressed(const QString &room);
    /// Its turn comes again: something is missing.
    void again(const QString &room);
    /// The host has let us in, and told us everything.
    void entered(const QString &room);
    /// The host wants us to ask for this room later.
    void postpone(const QString &room, std::chrono::milliseconds delay);

Q_SIGNALS:
    void joinDue(const QString &room);

private:
    void askNext();
    void answered(const QString &room);

    QStringList m_wanted; ///< in the order in which they were asked for
    QSet<QString> m_inside;
    QString m_asked; ///< the join that is not answered yet; empty: none
    bool m_started = false;
    QTimer m_answer;
    QTimer m_pause;
};

} // namespace parlour::client
