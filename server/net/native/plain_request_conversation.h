// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/conversation.h"
#include "net/http/head_parser.h"

namespace parlour::server {

class NativeConnection;

/// A client that does not speak TLS on a TLS port: it is told so, and let go.
class PlainRequestConversation final : public Conversation
{
public:
    explicit PlainRequestConversation(NativeConnection &connection);

    void begin() override;
    qsizetype receive(QByteArrayView bytes) override;
    void inputEnded() override;
    void broke() override { }
    void settle() override { }
    void written() override { }
    void deadlinePassed() override;
    void stop(int code, const QString &reason) override;

private:
    void answer(const HttpRefusal &hint, bool toHead = false);

    NativeConnection &m_connection;
    HeadParser m_parser;
};

} // namespace parlour::server
