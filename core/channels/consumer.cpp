// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/consumer.h"

#include "channels/logging.h"

#include <exception>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {
Error noLayer()
{
    return {u"no_layer"_s,
            u"this consumer has no channel layer, so it cannot join or reach groups"_s};
}
} // namespace

Consumer::Consumer(const Scope &scope, const Send &send, ChannelLayer *layer)
    : m_scope(std::make_unique<Scope>(scope))
    , m_send(send)
    , m_layer(layer)
{
    if (!layer)
        return;
    m_channel = layer->newChannel(*this);
    m_channel->setConnection(scope.connection);
    m_channel->setPerson(scope.user.id, scope.user.name);
}

Consumer::~Consumer() = default;

template <typename Call>
void Consumer::guarded(Call call)
{
    try {
        call();
    } catch (const std::exception &error) {
        qCWarning(lcConsumer).noquote()
            << "a consumer for" << whatFor() << "failed:" << error.what();
        failed(QString::fromUtf8(error.what()));
    } catch (...) {
        qCWarning(lcConsumer).noquote() << "a consumer for" << whatFor() << "failed";
        failed({});
    }
}

void Consumer::receive(const ClientEvent &event)
{
    if (const auto *received = std::get_if<ChannelReceive>(&event))
        receiveMessage(received->message);
    else
        guarded([&] { handle(event); });
}

void Consumer::receiveMessage(const Message &message)
{
    if (!m_isListening)
        return countDropped(u"closed"_s, message);
    if (isForgedType(message.type()))
        return countDropped(u"forged"_s, message);
    for (const Registered &registered : m_handlers) {
        if (sameHandlerName(message.type(), registered.type)) {
            guarded([&] { (this->*registered.handler)(message); });
            return;
        }
    }
    countDropped(u"unregistered"_s, message);
}

void Consumer::countDropped(const QString &cause, const Message &message)
{
    if (m_channel)
        m_channel->countDropped(cause, message);
    else
        m_send(ChannelDropped{cause, message});
}

const Scope &Consumer::emptyScope()
{
    static const Scope empty;
    return empty;
}

Scope &Consumer::scope()
{
    if (!m_scope)
        m_scope = std::make_unique<Scope>();
    return *m_scope;
}

QString Consumer::whatFor() const
{
    return m_scope || !m_channel ? scope().path : m_channel->name();
}

void Consumer::forgetRequest()
{
    Scope &kept = scope();
    kept.rawPath = {};
    kept.query = {};
    kept.headers = {};
    kept.cookies = {};
    kept.subprotocols = {};
    kept.pathRemaining = {};
    kept.urlRoute = {};
}

void Consumer::forgetScope()
{
    if (m_scope)
        m_signIn = std::move(m_scope->signIn);
    m_scope.reset();
}

Expected<void> Consumer::groupAdd(const QString &group)
{
    if (!m_channel)
        return noLayer();
    return m_layer->groupAdd(group, *m_channel);
}

Expected<void> Consumer::groupDiscard(const QString &group)
{
    if (!m_channel)
        return noLayer();
    return m_layer->groupDiscard(group, *m_channel);
}

Expected<void> Consumer::groupSend(const QString &group, const Message &message)
{
    if (!m_layer)
        return noLayer();
    return m_layer->groupSend(group, message);
}

// The channel may be in the middle of a delivery (a handler that closes): it leaves its groups now
// and is destroyed with the consumer.
void Consumer::stopListening()
{
    m_isListening = false;
    leaveGroups();
}

void Consumer::leaveGroups()
{
    if (!m_channel)
        return;
    const QStringList groups = m_channel->groups();
    for (const QString &group : groups)
        (void)m_layer->groupDiscard(group, *m_channel);
}

} // namespace parlour::channels
