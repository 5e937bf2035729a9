// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/link_problem.h"

#include "chat/close_codes.h"
#include "chat/safety_number.h"

#include <QRegularExpression>

namespace parlour::client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::LinkState;
namespace close_code = chat::close_code;

namespace {

LinkProblem waiting(const QString &text,
                    std::optional<std::chrono::milliseconds> comeBackIn = std::nullopt)
{
    return {LinkState::Waiting, text, comeBackIn};
}

LinkProblem refused(const QString &text)
{
    return {LinkState::Refused, text, std::nullopt};
}

/// The host's own words where it said any, else ours.
QString either(const QString &words, const QString &ours)
{
    return words.isEmpty() ? ours : words;
}

} // namespace

LinkProblem LinkProblem::ofSocket(QAbstractSocket::SocketError error, const QString &where,
                                  const QString &detail)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return waiting(tr("Nobody is hosting at %1. Check the address and the port, and that the "
                          "host is running.")
                           .arg(where));
    case QAbstractSocket::HostNotFoundError:
        return waiting(tr("No computer called %1 was found. Check the spelling, or type its "
                          "address in numbers.")
                           .arg(where));
    case QAbstractSocket::SocketTimeoutError:
        return noAnswer(where);
    case QAbstractSocket::NetworkError:
        return waiting(tr("%1 cannot be reached from this network. Check that you are connected "
                          "to the same network as the host.")
                           .arg(where));
    case QAbstractSocket::RemoteHostClosedError:
        return waiting(tr("The connection to %1 was lost. Trying again by itself.").arg(where));
    default:
        return waiting(
            tr("The connection to %1 failed (%2). Trying again by itself.").arg(where, detail));
    }
}

int LinkProblem::httpStatusIn(const QString &errorText)
{
    // Its word for a 400, and for that alone. Its translations are never installed.
    if (errorText
        == "QWebSocketPrivate::processHandshake: Unknown error condition encountered. Aborting "
           "connection."_L1)
        return 400;
    static const QRegularExpression status(u"\\b([1-5][0-9]{2})\\b"_s);
    return status.match(errorText).captured(1).toInt();
}

LinkProblem LinkProblem::ofHandshake(int httpStatus, const QString &where)
{
    switch (httpStatus) {
    case 400:
        return refused(tr("%1 did not accept the connection. If it is a Parlour host, it does not "
                          "know itself by this name: type its address in numbers.")
                           .arg(where));
    case 401:
    case 403:
        return refused(
            tr("%1 does not let this program in. Ask whoever runs the host.").arg(where));
    case 429:
        return waiting(tr("%1 has too many connections from this computer. Close some of them; "
                          "trying again by itself.")
                           .arg(where),
                       30s);
    case 502:
    case 504:
        return waiting(tr("The host behind %1 is not running. Trying again by itself.").arg(where));
    case 503:
        return waiting(tr("%1 is full or is stopping. Trying again by itself.").arg(where), 30s);
    default:
        return notParlour(where);
    }
}

LinkProblem LinkProblem::ofClose(int code, const QString &words, const QString &where)
{
    switch (code) {
    case close_code::GoingAway:
        return waiting(tr("The host stopped. Trying again by itself, in case it comes back."));
    case close_code::HelloRefused:
        return refused(tr("The host did not accept your name: %1 Choose another one.")
                           .arg(either(words, tr("no reason was given."))));
    case close_code::NotAllowed:
        return refused(tr("The host does not let you in: %1 Ask whoever runs it.")
                           .arg(either(words, tr("no reason was given."))));
    case close_code::ProofRefused:
        return refused(tr("The host did not believe that your key is yours. Start Parlour anew; "
                          "if that does not help, ask whoever runs the host."));
    case close_code::HostFull:
        return waiting(tr("The host is full. Trying again in a minute."), 60s);
    case close_code::TooSlow:
        return waiting(tr("This connection was too slow for what is being said. Coming back to "
                          "catch up."),
                       0s);
    case close_code::Restarting:
        return waiting(tr("The host is restarting. Coming back by itself."));
    case close_code::TryLater:
        return waiting(tr("The host is too busy. Trying again in half a minute."), 30s);
    case close_code::PolicyViolation:
        return waiting(tr("The host closed the connection because too much was sent: %1 Coming "
                          "back by itself.")
                           .arg(either(words, tr("no reason was given."))));
    case close_code::TooBig:
        return waiting(
            tr("A message between you and %1 was too big. Coming back by itself.").arg(where));
    default:
        return waiting(
            tr("%1 closed the connection (%2). Coming back by itself.").arg(where).arg(code));
    }
}

LinkProblem LinkProblem::notParlour(const QString &where)
{
    return refused(tr("Something answers at %1, but it is no Parlour host. Check the address and "
                      "the port.")
                       .arg(where));
}

LinkProblem LinkProblem::changedKey(const QString &where, const chat::HostKey &before,
                                    const chat::HostKey &shown)
{
    return refused(tr("%1 answers with another key than before. Known: %2. Shown now: %3. Nothing "
                      "was sent.")
                       .arg(where, chat::safetyNumber(before.fingerprint),
                            chat::safetyNumber(shown.fingerprint)));
}

LinkProblem LinkProblem::noTlsAnyMore(const QString &where)
{
    return refused(tr("%1 was encrypted before and is not any more. Somebody may be reading along; "
                      "nothing was sent. Ask whoever runs the host.")
                       .arg(where));
}

LinkProblem LinkProblem::noTls(const QString &where)
{
    return refused(tr("%1 does not speak encrypted. Type the address without https://, if you "
                      "trust the network.")
                       .arg(where));
}

LinkProblem LinkProblem::brokenTls(const QString &where)
{
    return waiting(
        tr("%1 ended the connection before it was encrypted. Trying again by itself.").arg(where));
}

LinkProblem LinkProblem::otherKey(const QString &where)
{
    return refused(tr("Somebody may be between you and %1: its key is not the one that arrived "
                      "here. Nothing was said to it. Ask whoever runs the host.")
                       .arg(where));
}

LinkProblem LinkProblem::noAnswer(const QString &where)
{
    return waiting(tr("%1 does not answer. Check the address, and that no firewall blocks the "
                      "port.")
                       .arg(where));
}

LinkProblem LinkProblem::silent(const QString &where)
{
    return waiting(tr("%1 has stopped answering. Coming back by itself.").arg(where));
}

} // namespace parlour::client
