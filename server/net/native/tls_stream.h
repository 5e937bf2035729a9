// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/native/plain_stream.h"
#include "tls/tls_session.h"

#include <array>
#include <optional>
#include <vector>

namespace parlour::server {

/// Encrypted bytes that belong together.
struct TlsRecord {
    qsizetype wire; ///< bytes of it that the socket has not taken
    qsizetype plain; ///< bytes that were given to write()
};

/// What the TLS streams of one loop share; empty between two calls of theirs.
struct TlsWorkspace {
    TlsBuffers buffers;
    std::vector<TlsRecord> records; ///< of the output
    /// With what a session holds of an unfinished record, it fits the loop's read buffer.
    std::array<char, 65536 - 2 * TlsSession::MaxRecord> received{};
    std::array<char, TlsSession::MaxRecord> record{}; ///< small pieces are joined here
    int handshakesLeft = 0; ///< steps that this turn may still do
};

/// A TCP socket on a TLS port. The client's first byte tells what it speaks: a handshake, or plain
/// text, which is passed on as it is to be answered with a hint.
class TlsStream final : public ByteStream
{
public:
    /// Takes a connected, non-blocking descriptor and owns it. `shared` outlives it.
    TlsStream(int descriptor, const TlsContext &context, TlsWorkspace &shared);
    ~TlsStream() override;

    Result read(char *buffer, qsizetype size) override;
    Result write(std::span<const QByteArrayView> pieces) override;
    Status endWriting() override;
    int descriptor() const override { return m_socket.descriptor(); }
    Opening opening() const override;
    bool hasMore() const override { return m_ending.has_value(); }
    qint64 held() const override { return m_held; }
    bool hasUnsent() const override { return !m_unsent.isEmpty(); }

private:
    Result decrypt(QByteArrayView bytes, char *buffer, qsizetype size);
    bool encrypt(QByteArrayView plain);
    qsizetype encryptSome(std::span<const QByteArrayView> pieces);
    void endRecord(qsizetype plain);
    Status send();
    Status sendOut(QByteArray &bytes, std::vector<TlsRecord> &records);

    PlainStream m_socket;
    TlsContext m_context;
    TlsWorkspace &m_shared;
    std::optional<TlsSession> m_session; ///< from the first byte on
    std::optional<Status> m_ending; ///< what the next read() says
    QByteArray m_unsent; ///< encrypted, and not taken by the socket
    std::vector<TlsRecord> m_records; ///< of `m_unsent`
    qint64 m_held = 0; ///< plain bytes in it
    bool m_isPlain = false;
    bool m_isBroken = false;
};

} // namespace parlour::server
