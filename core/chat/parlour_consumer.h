// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/websocket_consumer.h"
#include "chat/house.h"
#include "chat/room_search.h"
#include "chat/room_visit.h"

#include <QTimer>

#include <deque>
#include <map>
#include <utility>

namespace parlour::chat {

/// Speaks parlour.v1 (docs/protocol.md): on ws/parlour/ for all rooms of the host, on
/// ws/chat/<room>/ for that room.
class ParlourConsumer final : public channels::WebsocketConsumer, private RoomVisit::Visitor
{
public:
    static constexpr const char *Subprotocol = "parlour.v1";

    ParlourConsumer(const channels::Scope &scope, const channels::Send &send, House &house,
                    channels::ChannelLayer &layer, RoomLog &log, const ChatOptions &options);
    ~ParlourConsumer() override;

private:
    // the socket
    void handle(const channels::ClientEvent &event) override;
    void connected() override;
    void receiveText(const QByteArray &text) override;
    void disconnected(int code) override;
    channels::WebsocketClose tooSlowClose() const override;
    void receiveTooFast(const channels::WebsocketReceive &event);

    // the frames of the client
    void handleFrame(const UnknownFrame &) { }
    void handleFrame(const HelloFrame &frame);
    void handleFrame(const ProofFrame &frame);
    void handleFrame(const JoinFrame &frame);
    void handleFrame(const AskHistoryFrame &frame);
    void handleFrame(const LeaveFrame &frame);
    void handleFrame(const CreateFrame &frame);
    void handleFrame(const SayFrame &frame);
    void handleFrame(const EditFrame &frame);
    void handleFrame(const DeleteFrame &frame);
    void handleFrame(const ReactFrame &frame);
    void handleFrame(const TypingFrame &frame);
    void handleFrame(const ReadFrame &frame);
    void handleFrame(const SetTopicFrame &frame);
    void handleFrame(const RenameFrame &frame);
    void handleFrame(const AwayFrame &frame);
    void handleFrame(const SearchFrame &frame);
    void handleFrame(const LinkFrame &frame);

    // the layer and the house
    void chatMessage(const channels::Message &message);
    void chatChanged(const channels::Message &message);
    void handOn(const QString &room, const RoomVisit::News &news, const channels::Message &message);
    void personChanged();
    void endStay();

    // the visits
    void sendFrame(const QByteArray &frame) override { sendText(frame); }
    void sendError(const ErrorFrame &error) override { sendText(encode(ServerFrame{error})); }
    void sendError(const Error &error, const QString &room = {}, const QString &id = {})
    {
        sendError({error.code, error.message, room, id, 0, error.cause});
    }
    void fellBehind() override { clientTooSlow(); }
    void visit(Room &room, const std::optional<Position> &position = {});
    /// The title that a frame names, where the socket may speak of it; else the error is sent.
    std::optional<QString> titleOf(const QString &room, const QString &id = {});
    /// The visit to the room that a frame names; else the error is sent.
    RoomVisit *visitOf(const QString &room, const QString &id = {});
    /// Asks the room's log for what a frame wants, unless that `isWrong`.
    template <typename Frame>
    void change(const Frame &frame, const std::optional<Error> &isWrong, Change change);

    /// What a frame looks for, in rooms that the client is in; else why that cannot be.
    Expected<RoomLog::Search> searchOf(const SearchFrame &frame) const;
    /// What the client is to call a place where a search goes on.
    QString nextOf(qint64 place);

    /// Whether the frame's turn has come; else what is due first, in words.
    std::optional<QString> whatIsDueBefore(const ClientFrame &frame) const;
    void enter(const HelloFrame &hello);
    void refuseEntry(int closeCode, const Error &error);
    QByteArray fingerprintSeen() const;
    void listen();
    void welcome(const QString &token);
    bool isOwner() const;
    bool hasTooManyRooms(const QString &room);

    House &m_house;
    RoomLog &m_log;
    ChatOptions m_options;
    QString m_fixedRoom; ///< empty on ws/parlour/
    std::unique_ptr<QTimer> m_helloTimer;
    std::deque<std::chrono::steady_clock::time_point> m_tooFast;
    std::optional<KeyChallenge> m_challenge; ///< from a hello with a key to its proof
    std::unique_ptr<Stay> m_stay; ///< from the welcome on
    Person m_known; ///< the client's own person, as it was told
    std::map<QString, std::unique_ptr<RoomVisit>> m_visits; ///< by the room's title
    static constexpr size_t MaxPlaces = 8;
    std::deque<std::pair<QString, qint64>> m_places; ///< by their names, of the last searches
    std::unique_ptr<RoomSearch> m_search; ///< the last one; it may be done
};

} // namespace parlour::chat
