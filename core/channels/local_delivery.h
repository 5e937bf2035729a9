// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel.h"
#include "channels/channel_layer_options.h"
#include "channels/expected.h"
#include "channels/inspector.h"
#include "channels/named_channels.h"

#include <QObject>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace parlour::channels {

/// Delivery within this process, shared by all layers: channels and groups by name, and a mailbox
/// that is emptied once a turn, so that delivery is never re-entrant and in order. Groups exist
/// while they have members. Lives in the server thread.
class LocalDelivery : public QObject
{
    Q_OBJECT
public:
    explicit LocalDelivery(const ChannelLayerOptions &options = {}, QObject *parent = nullptr);
    ~LocalDelivery() override;

    /// A channel with a name of its own.
    std::unique_ptr<Channel> open(const QString &name, Channel::Receiver &receiver);
    /// A channel that several may read, as ChannelLayer::openChannel().
    std::unique_ptr<Channel> openNamed(const QString &name, Channel::Receiver &receiver);
    void join(const QString &group, Channel &channel);
    void leave(const QString &group, Channel &channel);

    /// Into the mailbox; delivered with the next flush.
    void postToGroup(const QString &group, const Message &message);
    /// Fails, and has counted the message, as ChannelLayer::send().
    Expected<void> postToChannel(const QString &channel, const Message &message);

    /// For a layer whose messages come by way of others: tells watchers that one is on its way, to
    /// a group or a channel.
    void announce(const QString &group, const QString &channel, const Message &message);
    /// One has come, announced here or sent elsewhere; into the mailbox. To all members, or to
    /// those of them that are named.
    void arriveInGroup(const QString &group, const Message &message,
                       const QStringList &members = {});
    /// A message to a channel that has gone is dropped and counted.
    void arriveInChannel(const QString &channel, const Message &message);

    /// As ChannelLayer::flush().
    void flush();

    /// Delivers what is in the mailbox now. Posted by itself when the mailbox fills; a server calls
    /// it at the end of its turn. What is posted meanwhile waits for the next flush.
    void deliverPending();
    /// As ChannelLayer::sendAtOnce().
    void postAtOnce(const std::function<void()> &post);

    void count(const QString &cause, const QString &channel, const Message &message);
    const ChannelLayerOptions &options() const { return m_options; }

    QList<ChannelInfo> channels() const;
    QList<GroupInfo> groups() const;
    const QMap<QString, qint64> &dropped() const { return m_dropped; }
    int memberCount(const QString &group) const;
    bool hasChannel(const QString &name) const;
    /// A reader of that shared name could take one more message.
    bool hasFreeReader(const QString &name) const { return m_named.hasFreeReader(name); }
    /// The only group of a channel; empty: it is in none, in several, or not here.
    QString groupOf(const QString &channel) const;

Q_SIGNALS:
    void activity(const parlour::channels::Activity &activity);
    /// A group got its first local member, or lost its last one. Bridges subscribe by this.
    void groupOpened(const QString &group);
    void groupClosed(const QString &group);
    /// A member has left, by whatever way.
    void memberLeft(const QString &group, const QString &channel);
    /// A reader of a shared name has gone.
    void readerLeft(const QString &name);

private:
    friend class Channel;

    struct Letter {
        QString group; ///< empty: to a channel
        QString channel;
        Message message;
        NamedChannels::Time since;
        QStringList members = {}; ///< of the group, that get it; none: all
        bool mayWait = true; ///< for a reader, in a named channel
    };

    void post(Letter letter);
    void postFlush();
    void deliver(const Letter &letter);
    void deliverToChannel(const Letter &letter);
    void deliverToGroup(const Letter &letter);
    int deliverToMembers(const Letter &letter);
    /// To every receiver that a letter had.
    void drop(const QString &cause, const Letter &letter);
    Expected<void> keepForReader(const Letter &letter);
    /// Ends what has lasted too long, now and then.
    void sweep(NamedChannels::Time now);
    QList<Channel *> allChannels() const;
    void leave(Group &group, Channel &channel);
    void leaveAll(Channel &channel);
    void closed(Channel &channel);
    void removeEmptyGroups();
    void report(Activity::Kind kind, const QString &channel, const QString &group,
                const Message &message = {}, int receivers = 0, const QString &cause = {});

    ChannelLayerOptions m_options;
    NamedChannels m_named;
    QHash<QString, Channel *> m_channels; ///< those with a name of their own
    std::unordered_map<QString, std::unique_ptr<Group>> m_groups;
    std::vector<QString> m_emptied;
    std::vector<Letter> m_mailbox;
    std::vector<Letter> m_delivering;
    QMap<QString, qint64> m_dropped;
    bool m_posted = false;
    bool m_isDelivering = false;
    bool m_isFlushed = false; ///< what is left of this delivery is dropped
    NamedChannels::Time m_nextSweep;
};

} // namespace parlour::channels
