// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/response_writer.h"

#include "net/http/head_rules.h"
#include "net/http/http_refusal.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace parlour::server {

namespace {

using namespace Qt::StringLiterals;

struct Reason {
    int status;
    const char *words;
};

constexpr std::array Reasons{
    Reason{101, "Switching Protocols"},
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{413, "Content Too Large"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{426, "Upgrade Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
};

bool hasNoBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

void appendHeader(QByteArray &bytes, QByteArrayView name, QByteArrayView value)
{
    bytes.append(name).append(": ").append(value).append("\r\n");
}

bool endsConnection(const channels::Header &header)
{
    return header.name.toLower() == "connection" && header.value.toLower() == "close";
}

bool namesItsType(const channels::Header &header)
{
    return header.name.toLower() == "content-type";
}

bool isFraming(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower == "connection" || lower == "content-length" || lower == "date"
        || lower == "transfer-encoding";
}

} // namespace

QByteArray reasonPhrase(int status)
{
    const auto reason = std::find_if(Reasons.begin(), Reasons.end(),
                                     [=](const Reason &known) { return known.status == status; });
    return reason == Reasons.end() ? QByteArray("Unknown") : QByteArray(reason->words);
}

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
}

QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'")
        .toLatin1();
}

channels::Expected<void> checkHeaders(const channels::Headers &headers)
{
    for (const channels::Header &header : headers) {
        const auto isForbidden = [](char byte) {
            const auto code = static_cast<unsigned char>(byte);
            return (code < 0x20 && byte != '\t') || code == 0x7f;
        };
        const bool isSafe = std::none_of(header.value.cbegin(), header.value.cend(), isForbidden);
        if (!isToken(header.name) || !isSafe)
            return channels::Error{
                u"bad_header"_s,
                u"The header \"%1\" of the answer has a character that may not be "
                "sent; change its name or value."_s.arg(
                    QString::fromLatin1(header.name.toPercentEncoding(" ")))};
    }
    return {};
}

QByteArray refusalAnswer(int status, const channels::Headers &headers, const QByteArray &body,
                         bool toHead)
{
    QByteArray bytes = statusLine(status);
    appendHeader(bytes, "date", httpDate());
    if (!hasNoBody(status)) {
        if (std::none_of(headers.cbegin(), headers.cend(), namesItsType))
            appendHeader(bytes, "content-type", "text/plain; charset=utf-8");
        appendHeader(bytes, "content-length", QByteArray::number(body.size()));
    }
    for (const channels::Header &header : headers) {
        if (!isFraming(header.name))
            appendHeader(bytes, header.name, header.value);
    }
    appendHeader(bytes, "connection", "close");
    bytes.append("\r\n");
    return toHead || hasNoBody(status) ? bytes : bytes + body;
}

QByteArray refusalAnswer(const HttpRefusal &refusal, bool toHead)
{
    const QByteArray text =
        refusal.message.isEmpty() ? reasonPhrase(refusal.status) : refusal.message;
    return refusalAnswer(refusal.status, refusal.headers, text + '\n', toHead);
}

ResponseWriter::ResponseWriter(const RequestHead &request)
    : m_toHead(request.isHead())
    , m_http10(request.httpVersion == "1.0")
    , m_keepAlive(request.keepAlive)
{
}

channels::Expected<void> ResponseWriter::start(const channels::HttpResponseStart &head)
{
    if (m_head)
        return channels::Error{u"already_started"_s,
                               u"The answer has started already; only its body may follow."_s};
    if (head.status < 200 || head.status > 599)
        return channels::Error{
            u"bad_status"_s,
            u"%1 is no status of an answer; use one from 200 to 599."_s.arg(head.status)};
    if (auto checked = checkHeaders(head.headers); !checked)
        return checked;
    m_head = head;
    if (std::any_of(head.headers.cbegin(), head.headers.cend(), endsConnection))
        endConnection();
    return {};
}

QByteArray ResponseWriter::body(const channels::HttpResponseBody &part)
{
    if (!m_head || m_state == State::Complete)
        return {};
    QByteArray bytes;
    if (m_state == State::Waiting)
        bytes = headBytes(part);
    const bool silent = m_toHead || hasNoBody(m_head->status);
    if (m_state == State::Chunked && !silent) {
        if (!part.body.isEmpty())
            bytes += QByteArray::number(part.body.size(), 16) + "\r\n" + part.body + "\r\n";
        if (!part.more)
            bytes += "0\r\n\r\n";
    } else if (!silent) {
        bytes += part.body;
    }
    if (!part.more)
        m_state = State::Complete;
    return bytes;
}

QByteArray ResponseWriter::headBytes(const channels::HttpResponseBody &first)
{
    m_state = first.more && !m_http10 ? State::Chunked : State::Plain;
    if (first.more && m_http10)
        m_keepAlive = false;
    QByteArray bytes = statusLine(m_head->status);
    appendHeader(bytes, "date", httpDate());
    for (const channels::Header &header : std::as_const(m_head->headers)) {
        if (!isFraming(header.name))
            appendHeader(bytes, header.name, header.value);
    }
    if (m_state == State::Chunked && !hasNoBody(m_head->status))
        appendHeader(bytes, "transfer-encoding", "chunked");
    else if (!first.more && !hasNoBody(m_head->status))
        appendHeader(bytes, "content-length", QByteArray::number(first.body.size()));
    if (!m_keepAlive)
        appendHeader(bytes, "connection", "close");
    else if (m_http10)
        appendHeader(bytes, "connection", "keep-alive");
    return bytes.append("\r\n");
}

} // namespace parlour::server
