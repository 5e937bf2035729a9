// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "chat/room_log.h"

#include <QObject>

#include <memory>

namespace parlour::tests {

/// What every RoomLog keeps, wherever it keeps it. A test of a log derives from it and says how to
/// make one.
class RoomLogContract : public QObject
{
    Q_OBJECT

protected:
    /// An empty log that keeps this many messages of a room.
    virtual std::unique_ptr<chat::RoomLog> makeLog(channels::ChannelLayer &layer,
                                                   int messagesPerRoom = 200) = 0;

private Q_SLOTS:
    void theAnswerComesLaterAndNotToTheDead();
    void whatIsPostedIsNumberedAndSaid();
    void theSendersBytesAreKept();
    void whatWasSaidElsewhereSaysWhereAndWhen();
    void aKnownIdIsAnsweredAndNotSaidAgain();
    void anIdInCapitalsIsTheSame();
    void somebodyElsesIdIsRefused();
    void whatIsPostedAtOnceIsAnsweredInItsRoomsOrder();
    void roomsHaveNumbersOfTheirOwn();
    void theLastOnesAreRead();
    void olderOnesAreReadPageByPage();
    void whatWasMissedIsRead_data();
    void whatWasMissedIsRead();
    void whatWasSaidHereIsReadForOthers_data();
    void whatWasSaidHereIsReadForOthers();
    void theLastOfAHostIsFound();
    void aFullRoomIsNotWhole();
    void whatCameLateIsAsItIsNow();
    void aForgottenRoomBeginsAnew();
};

/// What every RoomLog keeps of changes.
class RoomLogChangesContract : public QObject
{
    Q_OBJECT

protected:
    /// As RoomLogContract::makeLog().
    virtual std::unique_ptr<chat::RoomLog> makeLog(channels::ChannelLayer &layer,
                                                   int messagesPerRoom = 200) = 0;

private Q_SLOTS:
    void aChangeIsNumberedAndSaid();
    void messagesAreReadAsTheyAreNow();
    void whatIsDeletedIsGone();
    void reactionsAreKept();
    void aKnownChangeIsAnsweredAndNotSaidAgain();
    void whatChangesNothingHasNoNumber();
    void whatIsNotAllowedIsRefused_data();
    void whatIsNotAllowedIsRefused();
    void idsOfMessagesAndChangesAreTold();
    void whatOthersModerateStaysHere();
    void aReplySaysWhatItIsTo();
    void whatWasMissedBringsOlderMessages();
    void aPartOfChangesIsAPart();
    void longMessagesThatChangedMakeShortParts();
    void changesOfForgottenMessagesAreNoNews();
    void changesDoNotPushMessagesOut();
    void changesAloneDoNotGrow();
    void whatWasChangedHereIsReadForOthers_data();
    void whatWasChangedHereIsReadForOthers();
    void whatIsTooLongMakesParts();
    void whatWasDeletedAndIsForgottenIsTold();
    void deletionsAreToldLongerThanMessages();
    void deletionsAreBounded();
    void changesOfHostsMakeTheSameInAnyOrder_data();
    void changesOfHostsMakeTheSameInAnyOrder();
    void reactionsOfHostsMakeTheSameInAnyOrder_data();
    void reactionsOfHostsMakeTheSameInAnyOrder();
    void reactionsOfHostsAreBoundedApart();
    void aReactionIsToldWithItsTime();
    void whatWasDeletedBeforeItCameIsKnown();
    void whoIsHereChangesTheNewest();
    void whoHasATokenHereIsNowhereElse();
};

/// What every RoomLog finds.
class RoomLogSearchContract : public QObject
{
    Q_OBJECT

protected:
    /// As RoomLogContract::makeLog().
    virtual std::unique_ptr<chat::RoomLog> makeLog(channels::ChannelLayer &layer,
                                                   int messagesPerRoom = 200) = 0;

private Q_SLOTS:
    void wordsAreFound_data();
    void wordsAreFound();
    void messagesAreFoundAsTheyAreNow();
    void whatIsDeletedIsNotFound();
    void whatIsReplacedIsNotFound();
    void whatIsForgottenIsNotFound();
    void whatWasSaidSinceIsFound();
    void quotesAreNotSearched();
    void changesAreNoMessages();
    void roomsAreSearchedTogetherNewestFirst();
    void whatCameLastIsFoundFirst();
    void onlyTheRoomsThatAreMeantAreSearched();
    void pagesFollowEachOther();
    void pagesStayRightWhileMoreIsSaid();
    void longMessagesMakeShortPages();
    void aLargeRoomIsSearchedInParts();
};

/// Writes down what a group hears.
class Listener final : public channels::Channel::Receiver
{
public:
    Listener(channels::ChannelLayer &layer, const QString &group)
        : channel(layer.newChannel(*this))
    {
        (void)layer.groupAdd(group, *channel);
    }
    void receiveMessage(const channels::Message &message) override { heard.append(message); }

    QList<channels::Message> heard;
    std::unique_ptr<channels::Channel> channel;
};

/// A text of Ann's.
chat::Utterance utterance(const QString &id, const QString &text,
                          const QString &room = QStringLiteral("general"));

/// What the log answers; a patient wait. An answer that never comes is the error "no_answer".
chat::Expected<chat::ChatMessage> tryToPost(chat::RoomLog &log, const chat::Utterance &said);
chat::ChatMessage post(chat::RoomLog &log, const chat::Utterance &said);
/// As tryToPost().
chat::Expected<chat::ChangedFrame> tryToChange(chat::RoomLog &log, const chat::Change &change);
chat::ChangedFrame change(chat::RoomLog &log, const chat::Change &change);
/// Of Ann's, in the room "general".
chat::Change editOf(const QString &message, const QString &text);
chat::Change deletionOf(const QString &message);
chat::Change reactionTo(const QString &message, const QString &emoji);
/// As it comes from another host.
chat::Change asOf(const QString &host, qint64 time, chat::Change change);
/// A UUID that ends so.
QString entryId(QChar last);
chat::RoomLog::Page last(chat::RoomLog &log, int count,
                         const QString &room = QStringLiteral("general"));
chat::RoomLog::Page before(chat::RoomLog &log, qint64 number, int count);
chat::RoomLog::Catchup since(chat::RoomLog &log, const chat::RoomLog::Position &position,
                             int count);
chat::RoomLog::SaidHere saidHere(chat::RoomLog &log, const chat::RoomLog::SaidHereQuery &query);
chat::RoomLog::Hits findPart(chat::RoomLog &log, const chat::RoomLog::Search &search);
/// All parts until `count` are found, or there are no more.
chat::RoomLog::Hits find(chat::RoomLog &log, chat::RoomLog::Search search);
/// The texts of all that is found, newest first.
QStringList found(chat::RoomLog &log, const QString &text,
                  const QStringList &rooms = {QStringLiteral("general")});
chat::RoomLog::LastEntries lastFrom(chat::RoomLog &log, const QString &origin);
QStringList texts(const QList<chat::ChatMessage> &messages);
inline QStringList texts(const chat::RoomLog::Page &page)
{
    return texts(page.messages);
}

} // namespace parlour::tests
