// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/session.h"

using namespace Qt::StringLiterals;

namespace parlour::server {

Wire::~Wire() = default;

/// What the application holds; it may hold it longer than the session lives.
class Session::SessionOutlet final : public channels::Outlet
{
public:
    explicit SessionOutlet(Session *session)
        : m_session(session)
    {
    }

    void send(const channels::ServerEvent &event) override
    {
        if (m_session)
            m_session->handle(event);
    }
    channels::Backlog backlog() const override
    {
        return m_session ? m_session->wire().backlog() : channels::Backlog{};
    }
    void cutOff() { m_session = nullptr; }

private:
    Session *m_session;
};

Session::Session(ServerContext &context, channels::ConnectionInfo &info)
    : m_context(context)
    , m_info(info)
    , m_outlet(std::make_shared<SessionOutlet>(this))
{
}

Session::~Session()
{
    m_outlet->cutOff();
}

void Session::open(const channels::Scope &scope)
{
    channels::Scope mounted = scope;
    mounted.rootPath = m_context.options.rootPath;
    m_instance = channels::startInstance(m_context.application, mounted, channels::Send(m_outlet));
}

void Session::give(const channels::ClientEvent &event)
{
    if (m_instance)
        m_instance->receive(event);
}

void Session::finish()
{
    m_over = true;
    m_outlet->cutOff();
    m_instance.reset();
}

// Judged by what an earlier write left over: one message always fits an empty queue, however big.
bool Session::isTooMuch(qint64 bytes)
{
    if (wire().backlog().bytes == 0
        || wire().pendingBytes() + bytes <= m_context.options.maxUnreadOutput)
        return false;
    ++m_context.totals.dropped[u"unread_output"_s];
    return true;
}

void Session::countIn(qint64 bytes, int messages)
{
    m_info.bytesIn += bytes;
    m_info.messagesIn += messages;
    m_context.totals.bytesIn += bytes;
    m_context.totals.messagesIn += messages;
}

void Session::countOut(qint64 bytes, int messages)
{
    m_info.bytesOut += bytes;
    m_info.messagesOut += messages;
    m_context.totals.bytesOut += bytes;
    m_context.totals.messagesOut += messages;
}

} // namespace parlour::server
