// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_thread.h"

#include "wiring/host_service.h"

namespace parlour::wiring {

HostThread::HostThread(QObject *parent)
    : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("host"));
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

HostThread::~HostThread()
{
    m_stop.request_stop();
    // A service that still runs is deleted in its own thread, which closes its sockets.
    QMetaObject::invokeMethod(
        &m_worker, [service = m_service] { delete service; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void HostThread::start(const HostConfig &config)
{
    if (m_service)
        return;
    m_stop = std::stop_source();
    // Made there, never moved: what it makes (sockets, timers) belongs to that thread.
    QMetaObject::invokeMethod(
        &m_worker, [this, config] { m_service = new HostService(config); },
        Qt::BlockingQueuedConnection);
    m_service->setStop(m_stop.get_token());
    connect(m_service, &HostService::stopped, this, [this, service = m_service] {
        if (release(service))
            Q_EMIT stopped();
    });
    connect(m_service, &HostService::restartFailed, this,
            [this, service = m_service](const channels::Error &error) {
                if (!release(service))
                    return;
                Q_EMIT stopped();
                if (!m_stop.stop_requested())
                    Q_EMIT failed(error);
            });
    connect(m_service, &HostService::keepingFailed, this, &HostThread::keepingFailed);
    connect(m_service, &HostService::damaged, this, &HostThread::damaged);
    connect(m_service, &HostService::importing, this, &HostThread::importing);
    connect(m_service, &HostService::imported, this, &HostThread::imported);
    connect(m_service, &HostService::importFailed, this, &HostThread::importFailed);
    QMetaObject::invokeMethod(
        m_service,
        [this, service = m_service] {
            const auto bound = service->start();
            if (bound)
                QMetaObject::invokeMethod(this, [this, bound = *bound] { Q_EMIT started(bound); });
            else
                QMetaObject::invokeMethod(this, [this, service, error = bound.error()] {
                    if (!release(service))
                        return;
                    if (m_stop.stop_requested())
                        Q_EMIT stopped();
                    else
                        Q_EMIT failed(error);
                });
        },
        Qt::QueuedConnection);
}

void HostThread::stop(int code, const QString &reason)
{
    if (!m_service)
        return;
    m_stop.request_stop();
    QMetaObject::invokeMethod(m_service,
                              [service = m_service, code, reason] { service->stop(code, reason); });
}

void HostThread::importRoom(const RoomImport &wanted)
{
    if (m_service)
        QMetaObject::invokeMethod(m_service,
                                  [service = m_service, wanted] { service->importRoom(wanted); });
}

void HostThread::cancelImport()
{
    if (m_service)
        QMetaObject::invokeMethod(m_service, [service = m_service] { service->cancelImport(); });
}

bool HostThread::release(HostService *service)
{
    if (service != m_service)
        return false;
    m_service->deleteLater();
    m_service = nullptr;
    return true;
}

} // namespace parlour::wiring
