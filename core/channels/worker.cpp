// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/worker.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::channels {

/// One channel, and the instance that works for it.
class Worker::Reader final : private Channel::Receiver
{
public:
    static Expected<std::unique_ptr<Reader>> make(const Application &application,
                                                  ChannelLayer &layer, const QString &name)
    {
        std::unique_ptr<Reader> reader(new Reader);
        auto channel = layer.openChannel(name, *reader);
        if (!channel)
            return channel.error();
        reader->m_channel = std::move(channel).value();
        Scope scope;
        scope.type = u"channel"_s;
        scope.channel = name;
        reader->m_instance = startInstance(application, scope, Send(reader->m_outlet));
        return reader;
    }

    ~Reader() override { m_outlet->reader = nullptr; }
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    const QString &name() const { return m_channel->name(); }

private:
    /// What the instance holds; it may hold it longer than the reader lives.
    struct ReaderOutlet final : Outlet {
        void send(const ServerEvent &event) override
        {
            const auto *dropped = std::get_if<ChannelDropped>(&event);
            if (dropped && reader)
                reader->m_channel->countDropped(dropped->cause, dropped->message);
        }
        Backlog backlog() const override { return {}; }

        Reader *reader = nullptr;
    };

    Reader() { m_outlet->reader = this; }

    // Delivery comes in a later turn, so there is an instance by then.
    void receiveMessage(const Message &message) override
    {
        m_instance->receive(ChannelReceive{message});
    }

    std::shared_ptr<ReaderOutlet> m_outlet = std::make_shared<ReaderOutlet>();
    std::unique_ptr<Instance> m_instance;
    std::unique_ptr<Channel> m_channel; ///< ends first: then nothing comes any more
};

Worker::Worker(Application application, ChannelLayer &layer)
    : m_application(std::move(application))
    , m_layer(layer)
{
}

Worker::~Worker() = default;

Expected<void> Worker::listen(const QString &channel)
{
    if (channels().contains(channel))
        return Error{u"already_listening"_s,
                     u"this worker listens to the channel \"%1\" already"_s.arg(channel)};
    auto reader = Reader::make(m_application, m_layer, channel);
    if (!reader)
        return reader.error();
    m_readers.push_back(std::move(reader).value());
    return {};
}

QStringList Worker::channels() const
{
    QStringList names;
    for (const auto &reader : m_readers)
        names.append(reader->name());
    return names;
}

} // namespace parlour::channels
