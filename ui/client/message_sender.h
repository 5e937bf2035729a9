// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"
#include "client/outbox.h"

#include <QObject>
#include <QTimer>

namespace parlour::client {

class HostStore;

/// Gets messages, and what changes them, to the host in the order in which they were said: one is
/// on its way at a time, and the next goes when the host has acknowledged it, so that neither a
/// lost connection nor the host's rate limit can reorder them. Each keeps its id whatever happens,
/// so the host takes it once. All signals come in a later turn than the call of say() or change().
class MessageSender : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MaxCodePoints = 4000; ///< docs/protocol.md

    MessageSender(std::chrono::milliseconds acknowledgeTimeout, QObject *parent);

    /// What `store` has of earlier waits again, and what is to be sent or has failed is kept there
    /// from now on. It outlives this. To be called before anything is said.
    void restore(HostStore &store);

    /// Takes a message and returns its id, a UUID. What cannot be taken is Failed at once.
    /// `reply`: the id of the message that it replies to; empty: of none.
    QString say(const QString &room, const QString &text, const QString &reply = {});
    /// Takes a change (`what`, `of` and what belongs to it), which gets an id.
    void change(Outbox::Entry change);
    /// Takes a message only to say that it failed; retry() may find things changed.
    QString reject(const QString &room, const QString &text, const QString &why);
    /// A failed message waits again. False where there is none of this id, or no place for it.
    bool retry(const QString &id);
    void discard(const QString &id);
    /// See Outbox.
    QString editedText(const QString &message) const { return m_outbox.editedText(message); }

    /// Messages of this room may go from now on, until suspend() or closeRoom().
    void openRoom(const QString &room);
    /// Its messages wait until openRoom().
    void holdRoom(const QString &room) { m_rooms.remove(room); }
    /// The room was left or refused: its messages fail with `why`.
    void closeRoom(const QString &room, const QString &why);
    /// The link is lost: everything waits.
    void suspend();
    /// The link was there after unconfirmed(): the host does not answer what is on its way.
    void failUnconfirmed();

    /// The host has it: the id came back in a message. False where it was none of ours.
    bool acknowledge(const QString &id);
    /// The host did not take it.
    void refuse(const QString &id, const QString &why);
    /// The host wants it later.
    void postpone(const QString &id, std::chrono::milliseconds delay);

Q_SIGNALS:
    void due(const parlour::chat::ClientFrame &frame);
    /// The host is long silent about what is on its way, which stays there until it is known
    /// whether the link still stands: failUnconfirmed() or suspend().
    void unconfirmed();
    void deliveryChanged(const QString &room, const QString &id, parlour::chat::Delivery delivery,
                         const QString &why);
    /// Whether changes of that message are on their way.
    void changing(const QString &room, const QString &message, bool isChanging);
    /// It will not be changed so.
    void changeFailed(const parlour::client::Outbox::Entry &change, const QString &why);

private:
    void take(const Outbox::Entry &entry);
    void wait(const Outbox::Entry &entry);
    void sendNext();
    void land(const QString &id);
    void report(const Outbox::Entry &entry, chat::Delivery delivery, const QString &why = {});
    void keepFailed(const Outbox::Entry &entry);
    void failLater(const Outbox::Entry &said, const QString &why);

    HostStore *m_store = nullptr; ///< null: nothing is kept
    Outbox m_outbox;
    QSet<QString> m_rooms; ///< open for sending
    std::optional<Outbox::Entry> m_onItsWay;
    QTimer m_next; ///< zero, or what the host asked for
    QTimer m_acknowledgement;
};

} // namespace parlour::client
