// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/storage_thread.h"

#include <semaphore>

namespace parlour::storage {

StorageThread::StorageThread()
    : m_thread(QThread::create([this] { work(); }))
{
    m_thread->setObjectName(QStringLiteral("storage"));
    m_thread->start();
}

StorageThread::~StorageThread()
{
    m_given.release(); // nothing
    m_thread->wait();
}

void StorageThread::run(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_given.release();
}

void StorageThread::whenIdle(std::function<void()> work)
{
    run([this, work = std::move(work)] { m_whenIdle = work; });
}

void StorageThread::runAndWait(const std::function<void()> &task)
{
    std::binary_semaphore done(0);
    run([&task, &done] {
        task();
        done.release();
    });
    done.acquire();
}

void StorageThread::work()
{
    while (auto task = next()) {
        task();
        task = {}; // what it holds belongs to this thread
        if (m_given.available() == 0 && m_whenIdle)
            m_whenIdle();
    }
}

/// Waits for it; null at the end.
std::function<void()> StorageThread::next()
{
    m_given.acquire();
    const std::lock_guard lock(m_mutex);
    if (m_tasks.empty())
        return {};
    auto task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return task;
}

} // namespace parlour::storage
