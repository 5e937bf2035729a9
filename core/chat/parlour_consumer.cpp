// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/parlour_consumer.h"

#include "chat/chat_message.h"
#include "chat/close_codes.h"
#include "chat/room_route.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::chat {

namespace {
// Over the rate this often within this time: closed.
constexpr size_t TooFastCount = 3;
constexpr auto TooFastTime = 10s;

/// What the client will ask for again by itself.
void nameWhatWasRefused(ErrorFrame &error, const ClientFrame &frame)
{
    std::visit(
        [&error](const auto &content) {
            if constexpr (requires { content.room; })
                error.room = content.room;
            if constexpr (requires { content.id; })
                error.id = content.id;
        },
        frame);
}
} // namespace

ParlourConsumer::ParlourConsumer(const channels::Scope &scope, const channels::Send &send,
                                 House &house, channels::ChannelLayer &layer, RoomLog &log,
                                 const ChatOptions &options)
    : WebsocketConsumer(scope, send, &layer)
    , m_house(house)
    , m_log(log)
    , m_options(options)
{
    channel()->setConsumer(u"ParlourConsumer"_s);
    on("chat.message"_L1, &ParlourConsumer::chatMessage);
    on("chat.changed"_L1, &ParlourConsumer::chatChanged);
}

ParlourConsumer::~ParlourConsumer()
{
    endStay();
}

void ParlourConsumer::connected()
{
    if (this->scope().urlRoute.kwargs.contains(u"room_name"_s)) {
        const auto title = routedRoomTitle(this->scope());
        if (!title) {
            refuse(404, title.error().message.toUtf8());
            return;
        }
        m_fixedRoom = *title;
    }
    forgetRequest();
    accept(QString::fromLatin1(Subprotocol));
    m_helloTimer = std::make_unique<QTimer>();
    m_helloTimer->setSingleShot(true);
    QObject::connect(m_helloTimer.get(), &QTimer::timeout, channel(), [this] {
        close(close_code::HelloTimeout,
              m_challenge ? u"no proof came in time"_s : u"no hello came in time"_s);
    });
    m_helloTimer->start(m_options.helloTimeout);
}

void ParlourConsumer::handle(const channels::ClientEvent &event)
{
    const auto *message = std::get_if<channels::WebsocketReceive>(&event);
    if (message && message->retryAfter > 0ms && isOpen())
        receiveTooFast(*message);
    else
        WebsocketConsumer::handle(event);
}

void ParlourConsumer::receiveText(const QByteArray &text)
{
    const auto frame = parseClientFrame(text);
    if (!frame) {
        sendError({frame.error().code, frame.error().message, {}, {}, 0});
        return;
    }
    if (const auto due = whatIsDueBefore(*frame)) {
        sendError({u"hello_first"_s, *due, {}, {}, 0});
        return;
    }
    std::visit([this](const auto &content) { handleFrame(content); }, *frame);
}

std::optional<QString> ParlourConsumer::whatIsDueBefore(const ClientFrame &frame) const
{
    const bool isHello = std::holds_alternative<HelloFrame>(frame);
    const bool isProof = std::holds_alternative<ProofFrame>(frame);
    if (std::holds_alternative<UnknownFrame>(frame))
        return std::nullopt;
    if (isHello && (m_stay || m_challenge))
        return u"\"hello\" is said once, at the beginning."_s;
    if (isProof && !m_challenge)
        return u"\"proof\" is said once, as the answer to \"challenge\"."_s;
    if (!isProof && m_challenge)
        return u"Answer the \"challenge\" first."_s;
    if (!isHello && !isProof && !m_stay)
        return u"Say \"hello\" first."_s;
    return std::nullopt;
}

void ParlourConsumer::receiveTooFast(const channels::WebsocketReceive &event)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(event.retryAfter).count();
    ErrorFrame error{u"too_fast"_s,
                     u"Too many messages. Wait %1 s."_s.arg(seconds),
                     {},
                     {},
                     event.retryAfter.count()};
    if (const auto frame = parseClientFrame(event.payload))
        nameWhatWasRefused(error, *frame);
    sendError(error);
    const auto now = m_options.clock();
    m_tooFast.push_back(now);
    while (now - m_tooFast.front() > TooFastTime)
        m_tooFast.pop_front();
    if (m_tooFast.size() >= TooFastCount)
        close(close_code::PolicyViolation, u"too many messages"_s);
}

void ParlourConsumer::disconnected(int)
{
    m_helloTimer.reset();
    endStay();
}

void ParlourConsumer::endStay()
{
    m_search.reset();
    m_visits.clear(); // they end before the person's stay
    if (m_stay) // whose end may change the person, which is no news for this socket any more
        QObject::disconnect(&m_stay->presence(), nullptr, channel(), nullptr);
    m_stay.reset();
}

channels::WebsocketClose ParlourConsumer::tooSlowClose() const
{
    return {close_code::TooSlow, u"too slow: come back and catch up"_s, true};
}

void ParlourConsumer::chatMessage(const channels::Message &message)
{
    if (const auto &content = chatMessageOf(message)) {
        handOn(content->room,
               {content->id, {content->epoch, content->number}, parlourEncoding(message, *content)},
               message);
    } else {
        channel()->countDropped(u"unnumbered"_s, message);
    }
}

void ParlourConsumer::chatChanged(const channels::Message &message)
{
    const QByteArray frame = changedEncoding(message);
    if (frame.isEmpty()) {
        channel()->countDropped(u"malformed"_s, message);
        return;
    }
    handOn(message.value(u"room"_s).toString(),
           {message.value(u"id"_s).toString(),
            {message.value(u"epoch"_s).toString(), message.value(u"number"_s).toLongLong()},
            frame},
           message);
}

void ParlourConsumer::handOn(const QString &room, const RoomVisit::News &news,
                             const channels::Message &message)
{
    const auto visit = m_visits.find(room);
    if (visit == m_visits.end())
        channel()->countDropped(u"not_joined"_s, message);
    else
        visit->second->receive(news);
}

void ParlourConsumer::personChanged()
{
    const Person &person = m_stay->person();
    channel()->setPerson(person.id, person.name);
    m_known.away = person.away; // which is news for the rooms alone
    if (std::exchange(m_known, person) != person)
        sendText(encode(ServerFrame{RenamedFrame{person}}));
}

// Empty over plain, and where a proxy showed a key of its own.
QByteArray ParlourConsumer::fingerprintSeen() const
{
    return scope().secure && !scope().proxied ? m_house.keyFingerprint() : QByteArray();
}

bool ParlourConsumer::isOwner() const
{
    return scope().user.role == "owner"_L1;
}

} // namespace parlour::chat
