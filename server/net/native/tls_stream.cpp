// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/tls_stream.h"

#include <algorithm>
#include <cstring>

namespace parlour::server {

namespace {
constexpr char HandshakeRecord = 0x16; ///< the first byte of TLS (RFC 8446, 5.1)
constexpr qsizetype SentAtOnce = 65536; ///< bytes that are encrypted for one call to the system
/// Answers to records of the client (tickets, key updates) that it does not read.
constexpr qsizetype MaxUnsent = 2 * SentAtOnce;
} // namespace

TlsStream::TlsStream(int descriptor, const TlsContext &context, TlsWorkspace &shared)
    : m_socket(descriptor)
    , m_context(context)
    , m_shared(shared)
{
}

// A client that is let go while nothing went wrong is told so.
TlsStream::~TlsStream()
{
    if (m_isBroken || hasUnsent() || !m_session)
        return;
    m_session->close();
    send();
}

ByteStream::Opening TlsStream::opening() const
{
    if (m_isPlain)
        return Opening::NotTls;
    return m_session && m_session->isEstablished() ? Opening::Open : Opening::Pending;
}

// ---- reading ----

// A handshake costs as much as hundreds of messages. What is over a turn's share stays in the
// socket, which is reported again in the next turn.
ByteStream::Result TlsStream::read(char *buffer, qsizetype size)
{
    if (m_ending)
        return {*std::exchange(m_ending, {})};
    if (m_isPlain)
        return m_socket.read(buffer, size);
    if (opening() == Opening::Pending && m_shared.handshakesLeft-- <= 0)
        return {Status::Blocked};
    auto &received = m_shared.received;
    const Result got = m_socket.read(received.data(), qsizetype(received.size()));
    if (got.status != Status::Ok) {
        m_isBroken = got.status == Status::Broken;
        return got;
    }
    const QByteArrayView bytes(received.data(), got.bytes);
    if (!m_session && bytes.front() != HandshakeRecord) {
        m_isPlain = true;
        std::memcpy(buffer, bytes.data(), static_cast<size_t>(bytes.size()));
        return got;
    }
    if (!m_session)
        m_session.emplace(m_context, m_shared.buffers);
    return decrypt(bytes, buffer, size);
}

ByteStream::Result TlsStream::decrypt(QByteArrayView bytes, char *buffer, qsizetype size)
{
    m_shared.buffers.input = bytes;
    const auto result = m_session->decrypt(buffer, size);
    m_shared.buffers.input = {};
    m_isBroken = send() == Status::Broken || m_unsent.size() > MaxUnsent;
    std::optional<Status> ending;
    if (result.status == TlsSession::Status::Failed || m_isBroken)
        ending = Status::Broken;
    else if (result.status == TlsSession::Status::Ended)
        ending = Status::Ended;
    if (result.bytes == 0)
        return {ending.value_or(Status::Blocked)};
    m_ending = ending;
    return {Status::Ok, result.bytes};
}

// ---- writing ----

// While the socket has not taken what was encrypted, nothing more is: what waits can still be
// dropped by its owner.
ByteStream::Result TlsStream::write(std::span<const QByteArrayView> pieces)
{
    if (m_isPlain)
        return m_socket.write(pieces);
    if (const Status status = send(); status != Status::Ok || pieces.empty())
        return {status};
    const qsizetype taken = encryptSome(pieces);
    m_isBroken = send() == Status::Broken || taken < 0;
    return m_isBroken ? Result{Status::Broken} : Result{Status::Ok, taken};
}

/// Encrypts from the front and says how much; -1 where the session has failed.
qsizetype TlsStream::encryptSome(std::span<const QByteArrayView> pieces)
{
    auto &record = m_shared.record;
    qsizetype joined = 0;
    qsizetype taken = 0;
    const auto finishRecord = [&] {
        return joined == 0 || encrypt({record.data(), std::exchange(joined, 0)});
    };
    for (QByteArrayView piece : pieces) {
        while (!piece.isEmpty() && taken < SentAtOnce) {
            const qsizetype room = TlsSession::MaxRecord - joined;
            const auto part = piece.first(std::min(piece.size(), room));
            piece = piece.sliced(part.size());
            taken += part.size();
            if (part.size() == TlsSession::MaxRecord) { // a whole record needs no copy
                if (!encrypt(part))
                    return -1;
                continue;
            }
            std::memcpy(record.data() + joined, part.data(), static_cast<size_t>(part.size()));
            joined += part.size();
            if (joined == TlsSession::MaxRecord && !finishRecord())
                return -1;
        }
    }
    return finishRecord() ? taken : -1;
}

bool TlsStream::encrypt(QByteArrayView plain)
{
    if (!m_session || !m_session->encrypt(plain))
        return false;
    endRecord(plain.size());
    return true;
}

/// What the session has put out since the last record is one.
void TlsStream::endRecord(qsizetype plain)
{
    qsizetype wire = m_shared.buffers.output.size();
    for (const TlsRecord &record : m_shared.records)
        wire -= record.wire;
    if (wire > 0)
        m_shared.records.push_back({wire, plain});
}

// The workspace is empty afterwards: another stream uses it next.
ByteStream::Status TlsStream::send()
{
    Status status = sendOut(m_unsent, m_records);
    QByteArray &output = m_shared.buffers.output;
    endRecord(0);
    if (status == Status::Ok)
        status = sendOut(output, m_shared.records);
    if (!output.isEmpty()) {
        m_unsent.append(output);
        m_records.insert(m_records.end(), m_shared.records.begin(), m_shared.records.end());
    } else if (m_unsent.isEmpty()) {
        m_unsent = {};
        std::vector<TlsRecord>().swap(m_records);
    }
    output.resize(0);
    m_shared.records.clear();
    m_held = 0;
    for (const TlsRecord &record : m_records)
        m_held += record.plain;
    return status;
}

ByteStream::Status TlsStream::sendOut(QByteArray &bytes, std::vector<TlsRecord> &records)
{
    while (!bytes.isEmpty()) {
        const QByteArrayView all(bytes);
        const Result sent = m_socket.write({&all, 1});
        if (sent.status != Status::Ok)
            return sent.status;
        bytes.remove(0, sent.bytes);
        qsizetype left = sent.bytes;
        auto record = records.begin();
        while (record != records.end() && record->wire <= left)
            left -= record++->wire;
        records.erase(records.begin(), record);
        if (left > 0)
            records.front().wire -= left;
    }
    return Status::Ok;
}

ByteStream::Status TlsStream::endWriting()
{
    if (m_session)
        m_session->close();
    if (send() == Status::Blocked)
        return Status::Blocked;
    return m_socket.endWriting();
}

} // namespace parlour::server
