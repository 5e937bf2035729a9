// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSemaphore>
#include <QThread>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace parlour::storage {

/// The thread in which a host's file is read and written, so that the server's never waits for a
/// disk. What it is given is done one after the other, and destroyed there. It has no event loop:
/// waking one costs more than most of what it is woken for. Lives in the server thread; the only
/// file beside wiring's HostThread that names QThread.
class StorageThread final
{
public:
    StorageThread();
    /// Does all that it was given before.
    ~StorageThread();
    StorageThread(const StorageThread &) = delete;
    StorageThread &operator=(const StorageThread &) = delete;

    void run(std::function<void()> task);
    /// Done there whenever all is done that was given; what is given meanwhile waits for it. To be
    /// said once, before anything is given.
    void whenIdle(std::function<void()> work);
    /// Waits; for beginnings and ends.
    void runAndWait(const std::function<void()> &task);

private:
    void work();
    std::function<void()> next();

    // A condition variable would leave its mutex contended: one more system call for each task.
    QSemaphore m_given; ///< as many as there are tasks, and one at the end
    std::mutex m_mutex; ///< of these
    std::deque<std::function<void()>> m_tasks;
    std::function<void()> m_whenIdle; ///< used there alone
    std::unique_ptr<QThread> m_thread;
};

/// In the context's thread, in a later turn; never once the context is gone.
template <typename Answer>
void answerLater(QObject *context, Answer answer)
{
    QMetaObject::invokeMethod(context, std::move(answer), Qt::QueuedConnection);
}

} // namespace parlour::storage
