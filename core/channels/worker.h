// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/channel_layer.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace parlour::channels {

/// Runs an application for channels of fixed names, for work beside the connections: an instance
/// for each, whose scope has the type "channel" and the channel's name, and which gets the
/// channel's messages as ChannelReceive. Each message goes to one worker of all that listen to the
/// name. The layer outlives it; lives in the layer's thread. Counterpart: runworker.
class Worker
{
public:
    Worker(Application application, ChannelLayer &layer);
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;
    ~Worker();

    /// Begins with what waits there. Fails for a bad name (bad_name), or one that it listens to
    /// (already_listening).
    Expected<void> listen(const QString &channel);
    QStringList channels() const;

private:
    class Reader;

    Application m_application;
    ChannelLayer &m_layer;
    std::vector<std::unique_ptr<Reader>> m_readers;
};

} // namespace parlour::channels
