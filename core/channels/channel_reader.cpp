// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_reader.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

ChannelReader::ChannelReader(const ChannelLayerOptions &options)
    : m_clock(options.clock)
    , m_expiry(options.expiry)
    , m_lastAsked(m_clock())
{
}

ChannelReader::ChannelReader(ChannelLayer &layer)
    : ChannelReader(layer.options())
{
    m_channel = layer.newChannel(*this);
}

Expected<std::unique_ptr<ChannelReader>> ChannelReader::open(ChannelLayer &layer,
                                                             const QString &name)
{
    std::unique_ptr<ChannelReader> reader(new ChannelReader(layer.options()));
    auto channel = layer.openChannel(name, *reader);
    if (!channel)
        return channel.error();
    reader->m_channel = std::move(channel).value();
    return reader;
}

ChannelReader::~ChannelReader()
{
    for (const Waiting &waiting : m_waiting)
        m_channel->countDropped(u"no_channel"_s, waiting.message);
}

std::optional<Message> ChannelReader::receive()
{
    m_lastAsked = m_clock();
    while (!m_waiting.empty()) {
        const Waiting oldest = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (m_lastAsked - oldest.since <= m_expiry)
            return oldest.message;
        m_channel->countDropped(u"expired"_s, oldest.message);
    }
    return std::nullopt;
}

void ChannelReader::receiveMessage(const Message &message)
{
    m_waiting.push_back({message, m_clock()});
    Q_EMIT ready();
}

int ChannelReader::unsent() const
{
    return int(m_waiting.size());
}

} // namespace parlour::channels
