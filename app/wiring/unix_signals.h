// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace parlour::wiring {

/// Turns SIGTERM, SIGINT and SIGHUP into Qt signals. One object a process, made in the main thread;
/// a second SIGTERM or SIGINT ends the process at once.
class UnixSignals final : public QObject
{
    Q_OBJECT
public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

    /// Whether the first SIGTERM or SIGINT does so, too: while nobody hears terminate().
    static void endAtOnce(bool isAtOnce);

Q_SIGNALS:
    void terminate();
    void reload();

private:
    void read();

    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace parlour::wiring
