// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/plain_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace parlour::server {

namespace {
bool wouldBlock()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

// The common case: send() costs the kernel less than a sendmsg() of one piece.
ssize_t sendOne(int descriptor, QByteArrayView piece)
{
    return ::send(descriptor, piece.data(), static_cast<size_t>(piece.size()), MSG_NOSIGNAL);
}

ssize_t sendTogether(int descriptor, std::span<const QByteArrayView> pieces)
{
    std::array<iovec, 16> vectors; // what is not used costs nothing
    const size_t used = std::min(pieces.size(), vectors.size());
    for (size_t i = 0; i < used; ++i)
        vectors[i] = {const_cast<char *>(pieces[i].data()), static_cast<size_t>(pieces[i].size())};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = used;
    return ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
}
} // namespace

ByteStream::~ByteStream() = default;

PlainStream::PlainStream(int descriptor)
    : m_descriptor(descriptor)
{
}

PlainStream::~PlainStream()
{
    ::close(m_descriptor);
}

ByteStream::Result PlainStream::read(char *buffer, qsizetype size)
{
    for (;;) {
        const ssize_t count = ::recv(m_descriptor, buffer, static_cast<size_t>(size), 0);
        if (count > 0)
            return {Status::Ok, count};
        if (count == 0)
            return {Status::Ended};
        if (errno != EINTR)
            return {wouldBlock() ? Status::Blocked : Status::Broken};
    }
}

// MSG_NOSIGNAL: a client that is gone is an answer, not a SIGPIPE.
ByteStream::Result PlainStream::write(std::span<const QByteArrayView> pieces)
{
    for (;;) {
        const ssize_t count = pieces.size() == 1 ? sendOne(m_descriptor, pieces.front())
                                                 : sendTogether(m_descriptor, pieces);
        if (count >= 0)
            return {Status::Ok, count};
        if (errno != EINTR)
            return {wouldBlock() ? Status::Blocked : Status::Broken};
    }
}

ByteStream::Status PlainStream::endWriting()
{
    ::shutdown(m_descriptor, SHUT_WR);
    return Status::Ok;
}

} // namespace parlour::server
