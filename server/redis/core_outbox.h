// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/local_delivery.h"
#include "redis/core_sources.h"
#include "redis/echo_book.h"
#include "redis/group_members.h"
#include "redis/inbox_writer.h"
#include "redis/message_codec.h"
#include "redis/outbox_letters.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace parlour::redis {

/// What this process sends, in its order: asks Redis for a group's members, stores the message for
/// each process that has some, and waits for its own copy to come back, so that everybody here and
/// elsewhere sees one order. Where that copy cannot come, or does not, the members here get the
/// message without it, once, and the others as soon as Redis is back, within the expiry.
/// A part of the core layer; lives in its thread.
class CoreOutbox final : public QObject
{
    Q_OBJECT
public:
    /// All of them outlive it.
    struct Parts {
        CoreHosts &hosts;
        const CoreKeys &keys;
        const MessageCodec &codec;
        GroupMembers &members;
        channels::LocalDelivery &local;
        SharingTally &tally;
        const CoreSources &sources;
        /// Whether what is stored in our inboxes is being read.
        std::function<bool()> isReading;
        /// RedisLayerOptions::capacityPatience
        std::chrono::milliseconds capacityPatience;
    };

    explicit CoreOutbox(const Parts &parts);

    /// Names are checked already. Fails as MessageCodec::encode().
    channels::Expected<void> toGroup(const QString &group, const channels::Message &message);
    channels::Expected<void> toChannel(const QString &channel, const channels::Message &message);

    /// Whether it is one of ours, that has come back. Delivers it, where that was not done before.
    bool takeEcho(const QByteArray &stamp);
    /// A server or the reading of one is lost: nobody here waits for it any longer.
    void deliverWhatCannotCome();
    /// What is on its way is dropped and counted.
    void flush();
    int waiting() const;
    /// Of what waits, that whose server is up.
    int pending() const;

Q_SIGNALS:
    /// Something else than ours lies under that key.
    void blocked(const QByteArray &key);

private:
    using Letter = OutboxLetter;
    using LetterPointer = OutboxLetters::Pointer;

    channels::Expected<void> post(const OwnMessage &message, bool isAnswered);
    void askMembers(const LetterPointer &letter);
    void takeMembers(const LetterPointer &letter, const channels::Expected<RedisReply> &answer);
    void drop(Letter &letter, const QString &cause);
    void dispatch();
    void dispatch(Letter &letter);
    void dispatchToGroup(Letter &letter);
    void dispatchToChannel(Letter &letter);
    bool isInStep() const;
    int waiting(int host) const;
    std::optional<QByteArray> stored(const OwnMessage &message, bool isOwn);
    bool isForHere(const OwnMessage &message) const;
    int hostOf(const OwnMessage &message) const;
    QList<bool> availability() const;
    bool canComeBack(const Letter &letter) const;
    static bool hasArrived(const Letter &letter);
    void deliverNow(Letter &letter);
    void deliver(const OwnMessage &message);
    void watchEchoes();

    Parts m_parts;
    std::vector<std::unique_ptr<InboxWriter>> m_writers; ///< one of each server
    EchoBook m_echoes;
    OutboxLetters m_letters;
    QList<bool> m_handled; ///< availability() that deliverWhatCannotCome() has dealt with
    QTimer m_overdue;
};

} // namespace parlour::redis
