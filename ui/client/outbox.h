// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace parlour::client {

/// What was said and not yet acknowledged, in the order in which it was said, and what failed and
/// waits for a person's decision. What changes messages stands in the same order; it is not kept
/// where it failed. Bounded: what does not fit is handed back, never lost silently.
class Outbox
{
public:
    static constexpr qsizetype MaxWaiting = 1000;
    static constexpr qsizetype MaxFailed = 1000; ///< beyond it the oldest failed text is forgotten

    enum class What { Message, Edit, Delete, React };
    struct Entry {
        QString room;
        QString id;
        QString text;
        qint64 time = 0; ///< ms UTC, when it was said
        QString why = {}; ///< it failed, for people
        What what = What::Message;
        QString of = {}; ///< the message that it replies to, or changes
        QString emoji = {};
        bool isOn = false; ///< of a reaction

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    /// False where MaxWaiting messages wait: the entry was not taken.
    bool add(const Entry &entry);
    /// The oldest message that waits for one of `rooms`.
    std::optional<Entry> first(const QSet<QString> &rooms) const;
    /// The host has it. The entry that was forgotten; none where the id was not ours.
    std::optional<Entry> acknowledge(const QString &id);
    /// It will not be sent by itself any more. The entry; none where it was not waiting.
    std::optional<Entry> fail(const QString &id, const QString &why);
    /// The same for all that waits for a room.
    QList<Entry> failRoom(const QString &room, const QString &why);
    /// Keeps an entry that was never taken, as a failed one.
    void addFailed(const Entry &entry);
    /// A failed message waits again, behind the others. None where there is no such message or no
    /// place for it.
    std::optional<Entry> retry(const QString &id);
    /// Forgets a message, failed or waiting. False where there was none.
    bool discard(const QString &id);

    /// Whether it waits.
    bool holds(const QString &id) const;
    /// Whether a change of that message waits.
    bool changes(const QString &message) const;
    /// What that message is to say after all that waits; empty: nobody edits it.
    QString editedText(const QString &message) const;

    qsizetype waiting() const { return m_waiting.size(); }
    qsizetype failed() const { return m_failed.size(); }

private:
    static std::optional<Entry> take(QList<Entry> &from, const QString &id);

    QList<Entry> m_waiting;
    QList<Entry> m_failed;
};

} // namespace parlour::client
