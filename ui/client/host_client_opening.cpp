// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// How a client and its host come to know each other: hello, challenge, proof, welcome.
#include "chat/key_proof.h"
#include "client/host_client.h"
#include "client/host_store.h"
#include "client/link_problem.h"
#include "client/reconnecting_socket.h"
#include "client/room_joiner.h"

namespace parlour::client {

using chat::LinkState;

std::chrono::milliseconds HostClient::retryIn() const
{
    return m_socket->retryIn();
}

void HostClient::sayHello()
{
    m_socket->send(chat::encode(chat::ClientFrame(chat::HelloFrame{
        m_options.name, m_options.identity ? QString() : m_options.token, m_options.clientKind,
        m_options.identity ? m_options.identity->publicKey() : QByteArray()})));
}

// Somebody between us and a host with TLS would hand on a challenge that names the host's key, and
// the signature for it. No key is named over plain, nor where a proxy ends the TLS.
void HostClient::handle(const chat::ChallengeFrame &frame)
{
    if (link().state == LinkState::Online || !m_options.identity)
        return;
    if (!frame.fingerprint.isEmpty() && frame.fingerprint != m_socket->shownKey())
        return m_socket->refuse(LinkProblem::otherKey(address().display()));
    const QByteArray message = chat::proofMessage(frame.nonce, frame.fingerprint);
    m_socket->send(
        chat::encode(chat::ClientFrame(chat::ProofFrame{m_options.identity->sign(message)})));
}

void HostClient::handle(const chat::WelcomeFrame &frame)
{
    if (link().state == LinkState::Online)
        return;
    const bool isNew = !frame.token.isEmpty() && frame.token != m_options.token;
    if (isNew)
        m_options.token = frame.token;
    m_nameAskedFor.clear();
    m_socket->confirm();
    if (m_store)
        m_store->setHost(frame.host, frame.person);
    Q_EMIT welcomed(frame);
    if (isNew)
        Q_EMIT tokenIssued(frame.token);
    for (const chat::ReadFrame &read : frame.read)
        hearRead(read.room, read.position);
    if (link().state != LinkState::Online)
        return;
    if (m_isAway)
        send(chat::AwayFrame{true});
    m_joiner->start();
}

} // namespace parlour::client
