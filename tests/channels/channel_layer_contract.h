// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"

#include <QObject>

#include <functional>
#include <memory>

namespace parlour::tests {

/// What every ChannelLayer keeps, whatever carries its messages. A test of a layer derives from it
/// and says how to make one.
class ChannelLayerContract : public QObject
{
    Q_OBJECT

protected:
    virtual std::unique_ptr<channels::ChannelLayer>
    makeLayer(const channels::ChannelLayerOptions &options) = 0;
    /// What the names of its channels begin with.
    virtual QString beginningOfNames() const { return QStringLiteral("specific."); }

private Q_SLOTS:
    void init();
    void cleanup();

    void channelsHaveUniqueValidNames();
    void reachesEveryMemberTheSenderIncluded();
    void reachesOneChannelAlone();
    void carriesTheBodyUnchanged();
    void keepsTheOrderOfOneSender();
    void keepsTheOrderBetweenGroups();
    void joiningTwiceIsJoiningOnce();
    void leavingEndsTheDelivery();
    void leavingAForeignGroupDoesNothing();
    void anEmptyGroupIsNoError();
    void groupsKeepApart();
    void noDeadMemberStaysInAGroup();
    void tellsWhoIsInWhichGroup();
    void refusesBadNames_data();
    void refusesBadNames();
    void deliversInALaterTurn();
    void deliversNowWhenTold();
    void isNeverReentrant();
    void whoJoinsDuringADeliveryHearsTheNextOne();
    void whoIsRemovedDuringADeliveryHearsNothing();
    void aReceiverMayDieInItsOwnHandler();
    void aFullReceiverLosesAndTheOthersDoNot();
    void aReceiverThatKeepsUpLosesNothing();
    void tellsAWatcherWhatHappens();

    void aReaderAsksForItsMessages();
    void aReaderHoldsNoMoreThanItsCapacity();
    void whatAReaderLeavesIsCounted();
    void aMessageExpires();
    void aGroupForgetsAReaderThatShowsNoSignOfLife();
    void aChannelHasTheCapacityOfItsName();
    void namesAChannelBySoundPrefixesAlone_data();
    void namesAChannelBySoundPrefixesAlone();
    void aChannelOfTheLongestPrefixIsReached();
    void flushingEmptiesGroupsAndQueues();
    void readersShareANamedChannel();
    void aNamedChannelHasNoExclamationMark_data();
    void aNamedChannelHasNoExclamationMark();

private:
    std::unique_ptr<channels::ChannelLayer> m_layer;
};

/// A receiver that writes down what it hears.
class Ear final : public channels::Channel::Receiver
{
public:
    explicit Ear(channels::ChannelLayer &layer)
        : channel(layer.newChannel(*this))
    {
    }

    void receiveMessage(const channels::Message &message) override
    {
        heard.append(message.value(QStringLiteral("n")).toInt());
        last = message;
        if (onMessage)
            onMessage(message);
    }
    int unsent() const override { return untaken; }
    void overflowed() override { ++overflows; }

    std::unique_ptr<channels::Channel> channel;
    std::function<void(const channels::Message &)> onMessage;
    QList<int> heard;
    channels::Message last;
    int untaken = 0;
    int overflows = 0;
};

} // namespace parlour::tests
