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
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_thread->wait();
}

void StorageThread::run(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
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
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        task = {}; // what it holds belongs to this thread
        lock.lock();
        if (m_tasks.empty() && m_whenIdle) {
            lock.unlock();
            m_whenIdle();
            lock.lock();
        }
    }
}

} // namespace parlour::storage
