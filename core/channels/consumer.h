// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/channel_layer.h"

#include <QLatin1StringView>

#include <memory>
#include <type_traits>
#include <vector>

namespace parlour::channels {

/// One object per connection that answers its events, and the layer's messages, strictly one after
/// the other. Messages of a layer reach registered handlers only:
///
///     on("chat.message"_L1, &ChatConsumer::chatMessage);
///
/// Every other type is refused and counted, the server's own types ("websocket.…") in particular.
/// In a scope of type "channel" the messages that a Worker brings go the same way. Whatever ends a
/// consumer, its channel has left all groups when it is gone. Lives in the server thread.
/// Counterpart: channels.consumer.AsyncConsumer.
class Consumer : public Instance, private Channel::Receiver
{
public:
    ~Consumer() override;

    /// Passes the event to handle(), a worker's message to its handler; an exception ends this
    /// consumer alone (failed()).
    void receive(const ClientEvent &event) final;

protected:
    /// With a layer (which outlives the consumer) it has a channel from the start, without one
    /// none.
    Consumer(const Scope &scope, const Send &send, ChannelLayer *layer = nullptr);

    virtual void handle(const ClientEvent &event) = 0;
    /// A handler threw. The consumer tells its client and ends.
    virtual void failed(const QString &what) = 0;
    /// The client took too little: a message was dropped (and counted). By default nothing more
    /// happens.
    virtual void clientTooSlow() { }

    template <typename C>
    void on(QLatin1StringView type, void (C::*handler)(const Message &))
    {
        static_assert(std::is_base_of_v<Consumer, C>, "handlers are members of the consumer");
        m_handlers.push_back({type, static_cast<Handler>(handler)});
    }

    const Scope &scope() const { return m_scope ? *m_scope : emptyScope(); }
    Scope &scope();
    const Send &send() const { return m_send; }
    ChannelLayer *layer() const { return m_layer; }
    /// Null without a layer. Also the context for whatever answers later.
    Channel *channel() const { return m_channel.get(); }

    /// Lets go of what the request brought: headers, cookies, query, what the route took out. For
    /// consumers of which many are idle, once they have read it; a browser's is some kilobytes.
    void forgetRequest();
    /// Lets go of all the scope but its sign-in: half a kilobyte, for consumers of which many are
    /// idle and which need nothing of it any more. It is an empty one from then on.
    void forgetScope();

    /// Failures of these are programming errors or bad room names: logged, and returned.
    Expected<void> groupAdd(const QString &group);
    Expected<void> groupDiscard(const QString &group);
    Expected<void> groupSend(const QString &group, const Message &message);

    void leaveGroups();
    /// The conversation is over: leaves all groups, and no handler is called any more.
    void stopListening();

private:
    using Handler = void (Consumer::*)(const Message &);
    struct Registered {
        QLatin1StringView type;
        Handler handler;
    };

    void receiveMessage(const Message &message) final;
    void countDropped(const QString &cause, const Message &message);
    int unsent() const final { return m_send.backlog().messages; }
    void overflowed() final { clientTooSlow(); }
    template <typename Call>
    void guarded(Call call);
    /// The path, or, where that is forgotten, the channel.
    QString whatFor() const;

    static const Scope &emptyScope();

    std::unique_ptr<Scope> m_scope; ///< null: forgotten
    std::shared_ptr<SignIn> m_signIn; ///< of a forgotten scope
    Send m_send;
    ChannelLayer *m_layer;
    std::unique_ptr<Channel> m_channel;
    std::vector<Registered> m_handlers;
    bool m_isListening = true;
};

} // namespace parlour::channels
