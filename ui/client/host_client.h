// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"
#include "client/catch_up.h"
#include "client/history_pages.h"
#include "client/host_address.h"
#include "client/identity.h"
#include "client/key_guard.h"
#include "client/outbox.h"
#include "client/read_marks.h"
#include "client/socket_options.h"
#include "client/typing_throttle.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace parlour::client {

class ClientStore;
class HostStore;
class MessageSender;
class ReconnectingSocket;
class RoomJoiner;
class SearchAsker;

struct ClientOptions {
    QString name; ///< what the person wants to be called
    QString token; ///< what an earlier welcome of this host gave; empty: a new person
    std::optional<Identity> identity; ///< by which the host knows the person; none: by the token
    KeyTrust trust; ///< which keys of the host will do
    QByteArray ownerToken; ///< 64 hex digits; empty: not the owner
    QString clientKind = QStringLiteral("app");
    std::chrono::milliseconds acknowledgeTimeout{15000}; ///< for the answer to a join or a say
    SocketOptions socket;
    ClientStore *store = nullptr; ///< outlives the client; null: nothing is kept
};

/// One host, as one person sees it: speaks parlour.v1 over ws/parlour/ (docs/protocol.md), comes
/// back by itself, joins its rooms again, catches up with what it missed and then sends what could
/// not be sent before. Keeps what was said in its store, where it has one. Lives in the
/// thread that made it; delete it with deleteLater() from a slot of its signals.
class HostClient : public QObject
{
    Q_OBJECT
public:
    HostClient(HostAddress address, ClientOptions options, QObject *parent = nullptr);
    ~HostClient() override;

    const HostAddress &address() const;
    const chat::Link &link() const;
    /// Waiting: until the next try, from now on; else 0.
    std::chrono::milliseconds retryIn() const;

    /// Connects, and stays connected until close(). What is not sent stays here meanwhile.
    void open();
    void close();
    /// Does not wait for the next try.
    void retryNow();

    /// The name for the next hello: for a new try after the host refused one.
    void setName(const QString &name);
    /// Asks for another name; renamed() or failed() answers. Offline it is setName().
    void rename(const QString &name);

    /// From now on in this room, over every reconnect, until leave() or a refusal (failed()).
    void join(const QString &room);
    void leave(const QString &room);
    /// Asks for messages before that one, the oldest that is shown: from the store, or else from
    /// the host. history() answers with its number as `before`, perhaps without messages;
    /// `more`: there may be some yet.
    void requestOlder(const QString &room, const chat::Position &before);
    /// In the same way for what follows a number whose message, or change, is known: newerPage();
    /// and for a message with what stands around it: pageAround().
    void requestNewer(const QString &room, const chat::Position &after);
    void requestAround(const QString &room, const chat::Position &at);
    /// Searches at the host for messages that have all words of `text`, in a room that is joined or
    /// (where it is empty) in all of them; `next`: FoundFrame::next of the page before. Returns the
    /// id of the search, by which found() or searchFailed() answers in a later turn. One search is
    /// on its way at a time; of those that wait behind it only the last one is asked, and the
    /// others are never answered. While offline it fails at once (`offline`), as does one whose
    /// answer has not come when the link is lost.
    QString search(const QString &text, const QString &room = {}, const QString &next = {});
    /// Opens a listed room and joins it. Not kept while offline: failed() says so.
    void create(const QString &room, const QString &topic);
    void setTopic(const QString &room, const QString &topic);

    /// The person writes in a joined room, or does not any more. Told as often as the protocol
    /// wants it; never where setTellsTyping(false) was said (at first: told).
    void setTyping(const QString &room, bool isTyping);
    void setTellsTyping(bool tells);
    /// The person has seen the room up to here. Told to the host, and so to the person's other
    /// devices, within a second, or when it is back.
    void markRead(const QString &room, const chat::Position &position);
    /// Up to where the person has read it, on any device; none: not known.
    std::optional<chat::Position> read(const QString &room) const { return m_read.of(room); }

    /// Asks for a code by which another device comes in as this person: linked() or linkFailed()
    /// answers. Offline it fails at once, as it does where the link is lost before the answer.
    void requestLink();

    /// Nobody sits before this client, or somebody does again (at first: somebody). The host is
    /// told now, and over every reconnect.
    void setAway(bool isAway);

    /// Says `text` in a joined room and returns the id of the message. While offline it waits, up
    /// to 1,000 messages; deliveryChanged() tells what becomes of it, in a later turn.
    /// `reply`: the id of the message that it replies to; empty: of none.
    QString say(const QString &room, const QString &text, const QString &reply = {});
    /// Changes of a message that the host has: another text, its end, a reaction of the person or
    /// none any more. They wait their turn with what is said; changing() and changed() or
    /// changeFailed() tell what becomes of it, in a later turn.
    void edit(const QString &room, const QString &message, const QString &text);
    void remove(const QString &room, const QString &message);
    void react(const QString &room, const QString &message, const QString &emoji, bool isOn);
    /// What that message is to say by edits that wait or are on their way; empty: there are none.
    QString editedText(const QString &message) const;
    /// A Failed message waits again, with the same id. False where it is not known any more (1,000
    /// failed ones are kept) or 1,000 wait already.
    bool retry(const QString &id);
    /// Forgets a message that is Failed or Waiting.
    void discard(const QString &id);

    /// What was kept of this host; null: nothing is.
    HostStore *store() const { return m_store; }

Q_SIGNALS:
    void linkChanged(const parlour::chat::Link &link);
    void welcomed(const parlour::chat::WelcomeFrame &welcome);
    /// To be kept and shown to nobody: ClientOptions::token of the next time.
    void tokenIssued(const QString &token);
    void roomChanged(const parlour::chat::RoomState &room);
    /// A listed room is gone: nobody was in it.
    void roomClosed(const QString &room);
    void joined(const parlour::chat::RoomState &room);
    void left(const QString &room);
    /// Of a newcomer's page or a part of what was missed (`after`): only what is new, in order, and
    /// what was changed of what is older; `lost`: what lay before it is gone. Or an older page
    /// (`before`).
    void history(const parlour::chat::HistoryFrame &history);
    void newerPage(const parlour::client::HistoryPage &page);
    void pageAround(const parlour::client::HistoryPage &page);
    /// Of what was missed in a room so much is here; done equals total at the end. Not told
    /// where one part is all; void when the link is lost.
    void catchingUp(const QString &room, qint64 done, qint64 total);
    void members(const parlour::chat::MembersFrame &members);
    void message(const parlour::chat::ChatMessage &message);
    /// A message that may be here is another one now.
    void changed(const parlour::chat::ChangedFrame &change);
    void deliveryChanged(const QString &room, const QString &id, parlour::chat::Delivery delivery,
                         const QString &why);
    /// Whether own changes of that message are on their way.
    void changing(const QString &room, const QString &message, bool isChanging);
    void changeFailed(const parlour::client::Outbox::Entry &change, const QString &why);
    /// A page of a search, newest first; where `next` is set, there is a further one.
    void found(const parlour::chat::FoundFrame &found);
    /// The search with that `id` was not done; `message` says why, in words for the person.
    /// `bad_search`: there is no word in it, or it is too long.
    void searchFailed(const parlour::chat::ErrorFrame &error);
    /// The code is for one hello of the other device, and shown to nobody else.
    void linked(const QString &code, std::chrono::seconds lifetime);
    void linkFailed(const parlour::chat::ErrorFrame &error);
    void typing(const parlour::chat::PersonTypingFrame &typing);
    /// Another device of the person has shown the room up to here.
    void readElsewhere(const QString &room, const parlour::chat::Position &position);
    void topicChanged(const parlour::chat::TopicFrame &topic);
    void renamed(const parlour::chat::Person &person);
    void watchedChanged(bool watched);
    /// Comes from a host that shares its rooms with others: whether those are within reach.
    void sharedChanged(bool isUp);
    /// The host, or this client while offline, did not do what was asked.
    void failed(const parlour::chat::ErrorFrame &error);

private:
    void restore();
    void startSending();
    void startReading();
    void startSearching();
    void startLinking();
    void failLink(const QString &code, const QString &why);
    void tellRead();
    void hearRead(const QString &room, const chat::Position &position);
    void sayHello();
    void receive(const QByteArray &utf8);
    bool send(const chat::ClientFrame &frame);
    bool sendOrFail(const chat::ClientFrame &frame, const QString &room);
    void lose(const QString &room, const QString &why);
    void loseLink();
    void sendJoin(const QString &room);
    void follow(const QString &room, CatchUp::Next next);
    void tellProgress(const QString &room, bool hasMore);
    void keep(const QString &room, const CatchUp::Taken &taken);
    void forget(const QString &room);
    HistoryPages *makePages();
    void connectPages();

    void handle(const chat::UnknownFrame &frame);
    void handle(const chat::ChallengeFrame &frame);
    void handle(const chat::WelcomeFrame &frame);
    void handle(const chat::RoomFrame &frame);
    void handle(const chat::ClosedFrame &frame);
    void handle(const chat::JoinedFrame &frame);
    void handle(const chat::LeftFrame &frame);
    void handle(const chat::HistoryFrame &frame);
    void handle(const chat::MembersFrame &frame);
    void handle(const chat::MessageFrame &frame);
    void handle(const chat::ChangedFrame &frame);
    void handle(const chat::PersonTypingFrame &frame);
    void handle(const chat::ReadFrame &frame);
    void handle(const chat::TopicFrame &frame);
    void handle(const chat::RenamedFrame &frame);
    void handle(const chat::WatchedFrame &frame);
    void handle(const chat::SharedFrame &frame);
    void handle(const chat::FoundFrame &frame);
    void handle(const chat::LinkedFrame &frame);
    void handle(const chat::ErrorFrame &said);

    ClientOptions m_options;
    QHash<QString, CatchUp> m_rooms; ///< those that were joined
    QSet<QString> m_inParts; ///< rooms whose catching up is told
    QSet<QString> m_listed; ///< rooms whose members the host has listed: it tells their past
    QSet<QString> m_leaving; ///< rooms that the host has yet to confirm as left
    ReadMarks m_read;
    QTimer m_readPause;
    QTimer m_linkAnswer; ///< active: it is awaited
    TypingThrottle m_typing;
    bool m_tellsTyping = true;
    bool m_isAway = false;
    QString m_nameAskedFor; ///< by rename(), until the host answers
    HostStore *m_store = nullptr; ///< a child, like the next five
    HistoryPages *m_pages;
    ReconnectingSocket *m_socket;
    RoomJoiner *m_joiner;
    MessageSender *m_sender;
    SearchAsker *m_searches;
};

} // namespace parlour::client
