// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "script.h"

#include <QCoreApplication>

#include <valgrind/callgrind.h>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {

bool isCounting = false;

// It sleeps while there is nothing to do, so that waiting costs no instructions.
void serve()
{
    if (isCounting)
        CALLGRIND_TOGGLE_COLLECT;
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (isCounting)
        CALLGRIND_TOGGLE_COLLECT;
}

} // namespace

Script::Script(in_port_t port, std::unique_ptr<Dialect> dialect)
    : m_dialect(std::move(dialect))
    , m_network{{port}, 1, nullptr, *m_dialect, m_poller}
{
}

void Script::enter(const std::string &room, int count)
{
    for (int i = 0; i < count; ++i) {
        const int index = static_cast<int>(m_clients.size());
        m_clients.push_back(std::make_unique<Client>(*this, m_network, room, index));
        m_clients.back()->connect();
        serveUntil([this, index] { return m_inside == index + 1; });
    }
}

void Script::talk(int messages)
{
    for (int i = 0; i < messages; ++i) {
        m_heard = 0;
        m_clients.front()->say(
            "Somebody says what people say: a line of some ninety characters, no more, no less.");
        serveUntil([this] { return m_heard == m_inside; });
    }
}

void Script::leave()
{
    for (const auto &client : m_clients) {
        const int before = m_inside;
        client->close();
        serveUntil([this, before] { return m_inside == before - 1; });
    }
    m_clients.clear();
}

void Script::serveUntil(const std::function<bool()> &isDone)
{
    for (m_poller.poll(0ms); !isDone(); m_poller.poll(0ms))
        serve();
}

Count::Count(const char *name)
    : m_name(name)
{
    isCounting = true;
}

Count::~Count()
{
    isCounting = false;
    CALLGRIND_DUMP_STATS_AT(m_name);
}

} // namespace parlour::bench
