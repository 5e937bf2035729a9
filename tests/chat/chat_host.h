// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "channels/inspector.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"
#include "chat/house.h"
#include "chat/memory_room_log.h"
#include "chat/routing.h"
#include "late_room_log.h"

#include <optional>

/// A chat host without a server, for tests.
namespace parlour::tests {

inline const QByteArray OwnerToken = QByteArray(64, 'a');

/// What a server would tell the monitor; commands are written down.
class FakeInspector final : public channels::Inspector
{
    Q_OBJECT
public:
    explicit FakeInspector(channels::ChannelLayer &layer);

    channels::Snapshot snapshot() const override;
    std::optional<channels::BridgeInfo> bridge() const override { return pretended.bridge; }
    channels::Expected<void> ping(quint64 connection) override;
    channels::Expected<void> close(quint64 connection, int code, const QString &reason) override;
    bool isListening() const;

    channels::Snapshot pretended;
    QStringList commands;
    mutable int asked = 0;

private:
    channels::ChannelLayer &m_layer;
};

struct ChatHost {
    explicit ChatHost(chat::ChatOptions changed = {},
                      channels::ChannelLayerOptions layerOptions = {},
                      chat::MemoryRoomLogOptions logOptions = {});

    chat::ChatOptions options;
    channels::InMemoryChannelLayer layer;
    chat::MemoryRoomLog log;
    LateRoomLog lateLog; ///< over `log`; what the host reads
    chat::EphemeralHouseStore store;
    FakeInspector inspector;
    chat::House house;
    channels::Application application;
};

/// Headers as a client of this machine sends them.
channels::Headers localHeaders(const channels::Headers &more = {});
channels::Headers ownerHeaders();

channels::HttpCommunicator::Response get(ChatHost &host, const QString &path,
                                         const channels::Headers &more = {},
                                         const QByteArray &method = "GET");

/// A parlour.v1 client.
class V1Client
{
public:
    explicit V1Client(ChatHost &host, const QString &path = QStringLiteral("/ws/parlour/"),
                      const channels::Headers &headers = localHeaders());

    void send(const chat::ClientFrame &frame);
    /// The next frame; UnknownFrame where none comes, or a close.
    chat::ServerFrame next();
    /// The next frame of this type; what comes before it is thrown away.
    template <typename Frame>
    Frame next()
    {
        for (int frames = 0; frames < 1000; ++frames) {
            const chat::ServerFrame frame = next();
            if (std::holds_alternative<Frame>(frame))
                return std::get<Frame>(frame);
            if (std::holds_alternative<chat::UnknownFrame>(frame))
                break;
        }
        return {};
    }
    chat::WelcomeFrame hello(const QString &name, const QString &token = {},
                             const QString &client = QStringLiteral("app"));
    /// Joins and reads joined, history and members.
    chat::HistoryFrame join(const QString &room = QStringLiteral("general"));
    /// Joins from a position, asks for part after part, and reads members.
    QList<chat::HistoryFrame> catchUp(const chat::Position &position,
                                      const QString &room = QStringLiteral("general"));
    void askForNextPart(const chat::HistoryFrame &part);
    /// The id of what was said.
    QString say(const QString &text, const QString &room = QStringLiteral("general"));
    /// Reads all that is waiting away.
    void drain();
    /// The code of the host's close, once what comes before it was read; 0: there is none.
    int closeCode();

    channels::WebsocketCommunicator socket;
    channels::WebsocketCommunicator::Answer answer;
};

} // namespace parlour::tests
