// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "tls/tls_identity.h"

#include <memory>

struct ssl_ctx_st;

namespace parlour::server {

/// How a server speaks TLS: its identity and what it agrees to (TLS 1.2 or later, no renegotiation,
/// no compression, no session cache, one ticket). A value; sessions that were begun with it keep
/// it, so another identity is another context.
class TlsContext
{
public:
    /// Fails (certificate, key) with words that say what is wrong with the identity.
    static channels::Expected<TlsContext> make(const TlsIdentity &identity);

    ssl_ctx_st *handle() const { return m_handle.get(); }

private:
    explicit TlsContext(std::shared_ptr<ssl_ctx_st> handle)
        : m_handle(std::move(handle))
    {
    }

    std::shared_ptr<ssl_ctx_st> m_handle;
};

} // namespace parlour::server
