// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/close_codes.h"
#include "storage/room_importer.h"
#include "wiring/host_service.h"

#include <QLoggingCategory>

#include <utility>

namespace parlour::wiring {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcRepair, "parlour.host")

constexpr int MostAttempts = 6; ///< to begin anew

} // namespace

/// The next opening saves what can be read, and nobody but this host has the file open. Once in a
/// while alone: a disk that damages it again and again is no reason to close everybody's sockets.
void HostService::repair()
{
    if (!m_house->isReady() || m_isRepairing)
        return; // it stops
    if (!m_nextRepair.hasExpired()) {
        m_repairing.start(int(m_nextRepair.remainingTime()));
        qCWarning(lcRepair) << "what the host remembers is damaged again, soon after it was saved:"
                            << "check its disk. It is saved again later, or at the next start.";
        return;
    }
    qCWarning(lcRepair) << "what the host remembers is damaged: it begins anew with all of it that"
                        << "can be read";
    m_nextRepair.setRemainingTime(m_config.repairInterval);
    m_isRepairing = true;
    m_storage->noteRestart();
    stopServing(chat::close_code::Restarting, u"The host begins anew."_s);
}

void HostService::end()
{
    if (std::exchange(m_isRepairing, false))
        beginAnew();
    else
        Q_EMIT stopped();
}

void HostService::beginAnew()
{
    if (auto *importer = m_storage->importer())
        importer->giveUp();
    m_unwritten = m_storage->takeUnwritten();
    m_attempts = 0;
    takeDown();
    tryToBegin();
}

// The ports that were free to choose are no more: people come back to those that they know. What
// hinders it may pass: another program's lock, or its port, or a disk without room.
void HostService::tryToBegin()
{
    const auto bound = begin(m_unwritten);
    if (bound) {
        m_unwritten = {};
        qCInfo(lcRepair) << "the host is back";
        Q_EMIT keepingFailed({});
        return;
    }
    takeDown();
    if (m_stop.stop_requested())
        return; // stop() comes
    if (++m_attempts == MostAttempts) {
        Q_EMIT restartFailed(bound.error());
        return;
    }
    qCWarning(lcRepair).noquote() << "the host cannot begin anew, and tries again soon:"
                                  << bound.error().message;
    Q_EMIT keepingFailed(u"corrupt"_s);
    m_beginning.start(m_config.repairPause);
}

/// Each before what it uses: the server's connections leave the layer's groups while there is one.
void HostService::takeDown()
{
    m_server.reset();
    m_worker.reset();
    m_bridge.reset();
    m_shared.reset();
    m_house.reset();
    m_storage.reset();
}

} // namespace parlour::wiring
