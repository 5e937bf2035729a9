// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A connection's bytes as requests one after the other: heads, bodies plain and chunked, and what
// is made of them (scope, WebSocket handshake). However the bytes are cut, the same comes out.
#include "fuzz/promise.h"
#include "net/http/body_reader.h"
#include "net/http/head_parser.h"
#include "net/http/head_rules.h"
#include "net/http/response_writer.h"
#include "net/http/scope_builder.h"

#include <optional>

using namespace parlour;
using namespace parlour::fuzz;
using namespace parlour::server;

namespace {

constexpr HeadLimits Limits{.bytes = 2048, .lines = 16};
constexpr qint64 MaxBody = 512;

QByteArray written(const RequestHead &head)
{
    QByteArray text = head.method + ' ' + head.target + " HTTP/" + head.httpVersion + "\r\n";
    for (const channels::Header &header : head.headers)
        text += header.name + ": " + header.value + "\r\n";
    return text + "\r\n";
}

// Everything that a head means, for comparison.
QByteArray meaning(const RequestHead &head)
{
    return written(head) + head.rawPath + '|' + head.query + '|'
        + QByteArray::number(head.contentLength) + char('0' + int(head.chunked))
        + char('0' + int(head.keepAlive)) + char('0' + int(head.expectsContinue))
        + char('0' + int(head.isUpgrade));
}

bool isPrintable(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

void checkHeaders(const RequestHead &head)
{
    for (const auto &[name, value] : head.headers) {
        require(isToken(name) && name == name.toLower(), "a header's name is a lower-case token");
        require(value == value.trimmed(), "a header's value has no space around it");
        require(!value.contains('\r') && !value.contains('\n') && !value.contains('\0'),
                "a header's value has no line end");
    }
}

void checkHead(const RequestHead &head)
{
    require(isToken(head.method) && head.method == head.method.toUpper(), "the method is known");
    require(isPrintable(head.target), "the target is printable ASCII");
    require(head.rawPath.startsWith('/') && !head.rawPath.startsWith("//"),
            "the path starts with exactly one slash");
    require(!head.rawPath.contains('?') && !head.rawPath.contains('#'),
            "the path ends at its query");
    require(head.httpVersion == "1.1" || head.httpVersion == "1.0", "the version is known");
    const auto hosts = channels::headerValues(head.headers, "host").size();
    require(hosts == 1 || (hosts == 0 && head.httpVersion == "1.0"), "there is one Host");
    require(channels::headerValues(head.headers, "origin").size() <= 1,
            "there is one Origin at most");
    require(head.contentLength >= 0 && !(head.chunked && head.contentLength > 0),
            "a body has one framing");
    checkHeaders(head);
    require(written(head).size() <= Limits.bytes + 2 * Limits.lines, "a head is bounded");
}

void checkScope(const RequestHead &head)
{
    const auto scope = httpScope(head, {});
    if (!scope) {
        require(scope.error().status == 404, "a path that cannot be is a 404");
        return;
    }
    require(scope->path.toUtf8() == QByteArray::fromPercentEncoding(head.rawPath),
            "a path is decoded once, and nothing else is done to it");
    const QByteArray path = scope->path.toUtf8() + '/';
    require(!path.chopped(1).contains("//") && !path.contains("/./") && !path.contains("/../"),
            "a path has no odd segments");
    require(!path.contains('\\') && !path.contains('\0') && !path.contains('\n'),
            "a path has no control characters");
}

void checkHandshake(const RequestHead &head)
{
    const auto upgrade = checkUpgrade(head);
    if (!upgrade)
        return;
    channels::WebsocketAccept accept;
    accept.subprotocol = upgrade->subprotocols.value(0);
    const auto answer = acceptAnswer(*upgrade, accept);
    require(answer.hasValue(), "what was offered can be accepted");
    require(answer->indexOf("\r\n\r\n") == answer->size() - 4, "an answer is one head");
    require(websocketScope(head, *upgrade, {}).hasValue() == httpScope(head, {}).hasValue(),
            "a path is good for both types");
}

struct Outcome {
    QList<QByteArray> requests; ///< heads and contents
    QByteArray refusal;
    bool isStarted = false; ///< a request is unfinished

    bool operator==(const Outcome &) const = default;
};

class Connection
{
public:
    void feed(QByteArrayView bytes)
    {
        while (!bytes.isEmpty() && m_outcome.refusal.isNull())
            bytes = bytes.sliced(m_body ? feedBody(bytes) : feedHead(bytes));
    }
    Outcome outcome()
    {
        m_outcome.isStarted = m_body.has_value() || m_parser.isStarted();
        return m_outcome;
    }

private:
    qsizetype feedHead(QByteArrayView bytes)
    {
        const auto used = m_parser.feed(bytes);
        if (!used)
            return refuse(used.error(), bytes);
        require(m_parser.isComplete() || *used == bytes.size(), "an unfinished head takes all");
        if (!m_parser.isComplete())
            return *used;
        m_head = m_parser.takeHead();
        require(!m_parser.isStarted(), "a parser whose head was taken is new");
        checkHead(m_head);
        checkScope(m_head);
        if (m_head.isUpgrade)
            checkHandshake(m_head);
        auto body = BodyReader::forHead(m_head, MaxBody);
        if (!body)
            return refuse(body.error(), bytes);
        m_content.clear();
        m_body = *body;
        endRequest();
        return *used;
    }
    qsizetype feedBody(QByteArrayView bytes)
    {
        const auto used = m_body->feed(bytes, m_content);
        require(m_content.size() <= MaxBody, "a body is bounded");
        if (!used)
            return refuse(used.error(), bytes);
        require(m_body->isComplete() || *used == bytes.size(), "an unfinished body takes all");
        endRequest();
        return *used;
    }
    void endRequest()
    {
        if (!m_body->isComplete())
            return;
        require(m_head.chunked || m_content.size() == m_head.contentLength,
                "a body is as long as it said");
        m_outcome.requests += meaning(m_head) + m_content;
        m_body.reset();
    }
    qsizetype refuse(const HttpRefusal &refusal, QByteArrayView bytes)
    {
        static constexpr std::array known{400, 405, 413, 417, 431, 501, 505};
        require(std::find(known.begin(), known.end(), refusal.status) != known.end(),
                "a refusal has a known status");
        require(!refusal.message.isEmpty(), "a refusal says why");
        require(refusalAnswer(refusal, true).endsWith("\r\n\r\n"), "an answer has a head");
        m_outcome.refusal = QByteArray::number(refusal.status) + refusal.message;
        return bytes.size();
    }

    HeadParser m_parser{Limits};
    RequestHead m_head;
    std::optional<BodyReader> m_body;
    QByteArray m_content;
    Outcome m_outcome;
};

Outcome outcomeOf(QByteArrayView bytes, qsizetype piece)
{
    Connection connection;
    inPieces(bytes, piece, [&](QByteArrayView part) { connection.feed(part); });
    return connection.outcome();
}

// What a head says survives being written and read again.
void checkStable(QByteArrayView bytes)
{
    HeadParser first(Limits);
    if (!first.feed(bytes) || !first.isComplete())
        return;
    const RequestHead head = first.takeHead();
    HeadParser second({.bytes = 2 * Limits.bytes, .lines = Limits.lines});
    require(second.feed(written(head)).hasValue() && second.isComplete(), "a head can be written");
    require(meaning(second.takeHead()) == meaning(head), "a head written anew means the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = input(data, size);
    const Outcome whole = outcomeOf(bytes, std::max<qsizetype>(1, bytes.size()));
    require(outcomeOf(bytes, 1) == whole, "requests are the same byte by byte");
    require(outcomeOf(bytes, 7) == whole, "requests are the same in pieces");
    checkStable(bytes);
    return 0;
}
