// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel.h"
#include "channels/inspector.h"

#include <QObject>

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
    explicit LocalDelivery(QObject *parent = nullptr);
    ~LocalDelivery() override;

    std::unique_ptr<Channel> open(const QString &name, Channel::Receiver &receiver, int capacity);
    void join(const QString &group, Channel &channel);
    void leave(const QString &group, Channel &channel);

    /// Into the mailbox; delivered with the next flush.
    void postToGroup(const QString &group, const Message &message);
    /// False: no such channel here.
    bool postToChannel(const QString &channel, const Message &message);

    /// Delivers what is in the mailbox now. Posted by itself when the mailbox fills; a server calls
    /// it at the end of its turn. What is posted meanwhile waits for the next flush.
    void deliverPending();

    void count(const QString &cause, const QString &channel, const Message &message);

    QList<ChannelInfo> channels() const;
    QList<GroupInfo> groups() const;
    const QMap<QString, qint64> &dropped() const { return m_dropped; }
    int memberCount(const QString &group) const;
    bool hasChannel(const QString &name) const;

Q_SIGNALS:
    void activity(const parlour::channels::Activity &activity);
    /// A group got its first local member, or lost its last one. Bridges subscribe by this.
    void groupOpened(const QString &group);
    void groupClosed(const QString &group);

private:
    friend class Channel;

    struct Letter {
        QString group; ///< empty: to a channel
        QString channel;
        Message message;
    };

    void post(Letter letter);
    void postFlush();
    void deliver(const Letter &letter);
    void leave(Group &group, Channel &channel);
    void closed(Channel &channel);
    void removeEmptyGroups();
    void report(Activity::Kind kind, const QString &channel, const QString &group,
                const Message &message = {}, int receivers = 0, const QString &cause = {});

    QHash<QString, Channel *> m_channels;
    std::unordered_map<QString, std::unique_ptr<Group>> m_groups;
    std::vector<QString> m_emptied;
    std::vector<Letter> m_mailbox;
    std::vector<Letter> m_delivering;
    QMap<QString, qint64> m_dropped;
    bool m_posted = false;
    bool m_isDelivering = false;
};

} // namespace parlour::channels
