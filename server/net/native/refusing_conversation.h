// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/conversation.h"
#include "net/http/http_refusal.h"

namespace parlour::server {

class NativeConnection;

/// Tells a client that there is no room for it, whatever it asks, and ends.
class RefusingConversation final : public Conversation
{
public:
    RefusingConversation(NativeConnection &connection, HttpRefusal refusal);

    void begin() override;
    qsizetype receive(QByteArrayView bytes) override { return bytes.size(); }
    void inputEnded() override { }
    void broke() override { }
    void settle() override { }
    void written() override { }
    void deadlinePassed() override { }
    void stop(int, const QString &) override { }

private:
    NativeConnection &m_connection;
    HttpRefusal m_refusal;
};

} // namespace parlour::server
