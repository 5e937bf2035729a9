// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/conversation.h"

#include <memory>

namespace parlour::server {

class NativeConnection;

/// The TLS handshake of a connection, which has to end in time; then another conversation begins.
class OpeningConversation final : public Conversation
{
public:
    /// `next`: what is spoken over TLS.
    OpeningConversation(NativeConnection &connection, std::unique_ptr<Conversation> next);
    ~OpeningConversation() override;

    void begin() override;
    /// Nothing: these bytes came after the handshake.
    qsizetype receive(QByteArrayView bytes) override;
    void inputEnded() override;
    void broke() override { }
    void settle() override;
    void written() override { }
    void deadlinePassed() override;
    void stop(int code, const QString &reason) override;

private:
    void proceed();

    NativeConnection &m_connection;
    std::unique_ptr<Conversation> m_next;
};

} // namespace parlour::server
