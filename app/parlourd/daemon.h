// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/data_folder.h"
#include "wiring/host_config.h"
#include "wiring/unix_signals.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace parlour::wiring {
class HostService;
}

namespace parlour {

/// A host without a window: one HostService in the main thread, ended by SIGTERM or SIGINT.
class Daemon final : public QObject
{
    Q_OBJECT
public:
    /// `arguments` without the program's name.
    explicit Daemon(const QStringList &arguments, QObject *parent = nullptr);
    ~Daemon() override;

    /// Starts to listen. The answer is an exit code where the program is to end at once (help,
    /// version, anything wrong; the reason has been printed), else nothing: run the event loop.
    std::optional<int> start();

private:
    channels::Expected<wiring::HostConfig> readConfig() const;
    std::optional<int> openData(wiring::HostConfig &config);
    std::optional<int> openIdentity(wiring::HostConfig &config);
    void stop();
    void reload();

    QStringList m_arguments;
    wiring::UnixSignals m_signals;
    std::shared_ptr<wiring::DataFolder> m_data;
    std::unique_ptr<wiring::HostService> m_host;
    QTimer m_stopDeadline;
    bool m_isEphemeralIdentity = false; ///< there is nothing to read again
};

} // namespace parlour
