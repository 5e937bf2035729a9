// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <utility>

namespace parlour::storage {

/// The thread in which a host's file is read and written, so that the server's never waits for a
/// disk. What it is given is done one after the other. Lives in the server thread; the only file
/// beside wiring's HostThread that names QThread.
class StorageThread final
{
public:
    StorageThread();
    /// Does all that it was given before.
    ~StorageThread();
    StorageThread(const StorageThread &) = delete;
    StorageThread &operator=(const StorageThread &) = delete;

    void run(std::function<void()> task);
    /// Waits; for beginnings and ends.
    void runAndWait(const std::function<void()> &task);

private:
    QThread m_thread;
    QObject m_worker; ///< where functions run in the storage thread
};

/// In the context's thread, in a later turn; never once the context is gone.
template <typename Answer>
void answerLater(QObject *context, Answer answer)
{
    QMetaObject::invokeMethod(context, std::move(answer), Qt::QueuedConnection);
}

} // namespace parlour::storage
