// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/storage_thread.h"

namespace parlour::storage {

StorageThread::StorageThread()
{
    m_thread.setObjectName(QStringLiteral("storage"));
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

StorageThread::~StorageThread()
{
    runAndWait([] {});
    m_thread.quit();
    m_thread.wait();
}

void StorageThread::run(std::function<void()> task)
{
    QMetaObject::invokeMethod(&m_worker, std::move(task), Qt::QueuedConnection);
}

void StorageThread::runAndWait(const std::function<void()> &task)
{
    QMetaObject::invokeMethod(&m_worker, task, Qt::BlockingQueuedConnection);
}

} // namespace parlour::storage
