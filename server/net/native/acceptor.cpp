// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/acceptor.h"

#include "net/logging.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace parlour::server {

using namespace std::chrono_literals;

namespace {
constexpr int Batch = 64; ///< connections taken in one turn
constexpr auto PauseWhenShort = 1s;
} // namespace

Acceptor::Acceptor(Poller &poller, int listeningSocket, const channels::Endpoint &endpoint,
                   QObject *parent)
    : QObject(parent)
    , m_poller(poller)
    , m_listeningSocket(listeningSocket)
    , m_endpoint(endpoint)
{
    m_poller.watch(m_listeningSocket, *this, {});
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this,
            [this] { m_poller.change(m_listeningSocket, *this, {}); });
}

Acceptor::~Acceptor()
{
    m_poller.unwatch(m_listeningSocket);
    ::close(m_listeningSocket);
}

void Acceptor::ready(bool, bool, bool)
{
    for (int i = 0; i < Batch; ++i) {
        if (!acceptOne())
            return;
    }
}

bool Acceptor::acceptOne()
{
    const int descriptor =
        ::accept4(m_listeningSocket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
        m_isShort = false;
        Q_EMIT accepted(descriptor);
        return true;
    }
    switch (errno) {
    case EAGAIN:
        return false;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        pause(errno);
        return false;
    default:
        return true; // that one client is gone already; the next
    }
}

void Acceptor::pause(int error)
{
    if (!m_isShort) {
        qCWarning(lcServer).noquote()
            << "no new connections on" << m_endpoint.address << m_endpoint.port
            << "for now:" << strerror(error)
            << "(raise the limit of open files, or lower --max-connections)";
    }
    m_isShort = true;
    m_poller.change(m_listeningSocket, *this, {.read = false, .write = false});
    m_pause.start(PauseWhenShort);
}

} // namespace parlour::server
