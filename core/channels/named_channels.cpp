// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/named_channels.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::channels {

NamedChannels::NamedChannels(const ChannelLayerOptions &options)
    : m_options(options)
{
}

void NamedChannels::addReader(Channel &channel)
{
    m_readers[channel.name()].push_back(&channel);
}

bool NamedChannels::removeReader(Channel &channel)
{
    const auto found = m_readers.find(channel.name());
    if (found == m_readers.end())
        return false;
    std::erase(found->second, &channel);
    if (found->second.empty())
        m_readers.erase(found);
    return true;
}

bool NamedChannels::hasReader(const QString &name) const
{
    return m_readers.contains(name);
}

bool NamedChannels::hasFreeReader(const QString &name) const
{
    const auto found = m_readers.find(name);
    return found != m_readers.end()
        && std::any_of(found->second.begin(), found->second.end(),
                       [](const Channel *reader) { return !reader->isFull(); });
}

Channel *NamedChannels::nextReader(const QString &name)
{
    const auto found = m_readers.find(name);
    if (found == m_readers.end())
        return nullptr;
    auto &readers = found->second;
    auto next = std::find_if(readers.begin(), readers.end(),
                             [](const Channel *reader) { return !reader->isFull(); });
    if (next == readers.end())
        next = readers.begin();
    Channel *chosen = *next;
    std::rotate(next, next + 1, readers.end());
    return chosen;
}

QList<Channel *> NamedChannels::readers() const
{
    QList<Channel *> all;
    for (const auto &[name, readers] : m_readers)
        for (Channel *reader : readers)
            all.append(reader);
    return all;
}

bool NamedChannels::keep(const QString &name, const Waiting &waiting)
{
    const auto found = m_waiting.find(name);
    const bool isFull = found == m_waiting.end()
        ? m_waiting.size() >= MaxUnread || m_options.capacityOf(name) < 1
        : found->second.size() >= size_t(std::max(0, m_options.capacityOf(name)));
    if (isFull)
        return false;
    m_waiting[name].push_back(waiting);
    return true;
}

std::deque<NamedChannels::Waiting> NamedChannels::takeAll(const QString &name)
{
    auto node = m_waiting.extract(name);
    return node.empty() ? std::deque<Waiting>() : std::move(node.mapped());
}

std::vector<std::pair<QString, Message>> NamedChannels::takeExpired(Time now)
{
    std::vector<std::pair<QString, Message>> expired;
    for (auto &[name, queue] : m_waiting) {
        while (!queue.empty() && now - queue.front().since > m_options.expiry) {
            expired.emplace_back(name, queue.front().message);
            queue.pop_front();
        }
    }
    std::erase_if(m_waiting, [](const auto &entry) { return entry.second.empty(); });
    return expired;
}

std::vector<std::pair<QString, Message>> NamedChannels::takeEverything()
{
    std::vector<std::pair<QString, Message>> all;
    for (const auto &[name, queue] : std::exchange(m_waiting, {}))
        for (const Waiting &waiting : queue)
            all.emplace_back(name, waiting.message);
    return all;
}

QList<ChannelInfo> NamedChannels::unread() const
{
    QList<ChannelInfo> infos;
    for (const auto &[name, queue] : m_waiting) {
        ChannelInfo info;
        info.name = name;
        info.kind = u"worker"_s;
        info.queued = int(queue.size());
        info.capacity = m_options.capacityOf(name);
        infos.append(info);
    }
    return infos;
}

} // namespace parlour::channels
