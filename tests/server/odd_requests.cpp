// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/odd_requests.h"

#include "support/raw_client.h"

namespace parlour::tests {

namespace {

QByteArray withLine(const QByteArray &line)
{
    return "GET / HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n\r\n";
}

QByteArray ofVersion(const QByteArray &version)
{
    return "GET / " + version + "\r\nHost: localhost\r\n\r\n";
}

QByteArray ofHost(const QByteArray &lines)
{
    return "GET / HTTP/1.1\r\n" + lines + "\r\n\r\n";
}

QByteArray post(const QByteArray &lines, const QByteArray &body = "abc")
{
    return "POST /mirror HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n\r\n" + body;
}

QByteArray chunked(const QByteArray &body)
{
    return post("Transfer-Encoding: chunked", body);
}

QByteArray at(const QByteArray &target, const QByteArray &method = "GET")
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

} // namespace

QList<OddRequest> oddRequestLines()
{
    return {
        {"carriage return in the request line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"carriage return alone ends the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400},
        {"carriage return in a value", withLine("X: a\rb"), 400},
        {"carriage return alone ends a line", withLine("X: a\rContent-Length: 3"), 400},
        {"two carriage returns", withLine("X: a\r"), 400},
        {"line feed alone ends a line", withLine("X: a\nY: b"), 400},
        {"NUL in the method", QByteArrayLiteral("G\0T / HTTP/1.1\r\n\r\n"), 400},
        {"NUL in the target", QByteArrayLiteral("GET /\0 HTTP/1.1\r\n\r\n"), 400},
        {"NUL in a name", withLine(QByteArrayLiteral("X\0: a")), 400},
        {"NUL in a value", withLine(QByteArrayLiteral("X: a\0b")), 400},
        {"escape in a value", withLine("X: \x1b[2J"), 400},
        {"delete in a value", withLine("X: \x7f"), 400},
        {"line folded with a tab", withLine("X: a\r\n\tb"), 400},
        {"first header line folded", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", 400},
        {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"HTTP/0.9", "GET /\r\n", 400},
        {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"tabs for spaces", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
        {"space in the target", at("/a b"), 400},
        {"method no token", at("/", "G(T"), 400},
        {"method in small letters", at("/", "get"), 501},
        {"TRACE", at("/", "TRACE"), 405},
        {"HTTQ/1.1", ofVersion("HTTQ/1.1"), 400},
        {"HTTP/99.9", ofVersion("HTTP/99.9"), 400},
        {"HTTP/nan", ofVersion("HTTP/nan"), 400},
        {"HTTP/1.1x", ofVersion("HTTP/1.1x"), 400},
        {"HTTP/1.10", ofVersion("HTTP/1.10"), 400},
        {"HTTP/1", ofVersion("HTTP/1"), 400},
        {"HTTP/-1.1", ofVersion("HTTP/-1.1"), 400},
        {"http/1.1 in small letters", ofVersion("http/1.1"), 400},
        {"HTTP/0.9 spelled out", ofVersion("HTTP/0.9"), 505},
        {"HTTP/3.0", ofVersion("HTTP/3.0"), 505},
    };
}

QList<OddRequest> oddHeaderLines()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    return {
        {"no colon", withLine("X"), 400},
        {"no name", withLine(": x"), 400},
        {"space before the colon", withLine("X : a"), 400},
        {"tab before the colon", withLine("X\t: a"), 400},
        {"space in a name", withLine("X Y: a"), 400},
        {"name no token", withLine("X(: a"), 400},
        {"name no ASCII", withLine("\xc3\xa4: a"), 400},
        {"two hosts", ofHost("Host: localhost\r\nHost: evil"), 400},
        {"host in two spellings", ofHost("Host: localhost\r\nhOST: localhost"), 400},
        {"host empty", ofHost("Host:"), 400},
        {"host with a space", ofHost("Host: a b"), 400},
        {"host with a comma", ofHost("Host: a,b"), 400},
        {"host with a user", ofHost("Host: me@localhost"), 400},
        {"host with a path", ofHost("Host: localhost/x"), 400},
        {"host with mark-up", ofHost("Host: <b>"), 400},
        {"host no ASCII", ofHost("Host: \xc3\xa4"), 400},
        {"two origins", withLine("Origin: http://a\r\nOrigin: http://b"), 400},
        {"endless request line", "GET /" + QByteArray(40000, 'x'), 431},
        {"endless value", head + "X: " + QByteArray(40000, 'x'), 431},
        {"endless name", head + QByteArray(40000, 'x'), 431},
        {"endless lines", head + QByteArray("X: y\r\n").repeated(200), 431},
        {"endless short lines", head + QByteArray("X:\r\n").repeated(20000), 431},
    };
}

QList<OddRequest> oddLengths()
{
    return {
        {"two different lengths", post("Content-Length: 3\r\nContent-Length: 4"), 400},
        {"a list of lengths", post("Content-Length: 3, 3"), 400},
        {"length with a plus", post("Content-Length: +3"), 400},
        {"length with a minus", post("Content-Length: -3"), 400},
        {"length with a fraction", post("Content-Length: 3.0"), 400},
        {"length in hexadecimal", post("Content-Length: 0x3"), 400},
        {"length empty", post("Content-Length:"), 400},
        {"length of two numbers", post("Content-Length: 3 4"), 400},
        {"length of other digits", post("Content-Length: \xd9\xa3"), 400},
        {"length over the limit", post("Content-Length: 65537"), 413},
        {"length of 18 digits", post("Content-Length: 999999999999999999"), 413},
        {"length of 400 digits", post("Content-Length: " + QByteArray(400, '9')), 413},
        {"length with a space before the colon", post("Content-Length : 3"), 400},
        {"chunks, then a length", post("Transfer-Encoding: chunked\r\nContent-Length: 3"), 400},
        {"chunks with a space before the colon", post("Transfer-Encoding : chunked"), 400},
        {"chunks over HTTP/1.0",
         "POST /mirror HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"coding identity", post("Transfer-Encoding: identity"), 501},
        {"coding chunked twice", post("Transfer-Encoding: chunked, chunked"), 501},
        {"coding in two lines", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
         501},
        {"coding gzip and chunked", post("Transfer-Encoding: gzip, chunked"), 501},
        {"coding chunked and not last", post("Transfer-Encoding: chunked, identity"), 501},
        {"coding xchunked", post("Transfer-Encoding: xchunked"), 501},
        {"coding in quotes", post("Transfer-Encoding: \"chunked\""), 501},
        {"coding empty", post("Transfer-Encoding:"), 501},
        {"coding behind a vertical tab",
         post("Transfer-Encoding: \x0b"
              "chunked"),
         400},
    };
}

QList<OddRequest> oddChunks()
{
    const QByteArray kilobyte(1000, 'x');
    return {
        {"chunk without size", chunked("\r\nabc\r\n"), 400},
        {"chunk with a minus", chunked("-3\r\nabc\r\n"), 400},
        {"chunk with a plus", chunked("+3\r\nabc\r\n"), 400},
        {"chunk with 0x", chunked("0x3\r\nabc\r\n"), 400},
        {"chunk with a space before its size", chunked(" 3\r\nabc\r\n"), 400},
        {"chunk with two sizes", chunked("3 3\r\nabc\r\n"), 400},
        {"chunk with NUL", chunked(QByteArrayLiteral("3\0\r\nabc\r\n")), 400},
        {"chunk size ended by a line feed", chunked("3\nabc\r\n"), 400},
        {"chunk size ended by a carriage return", chunked("3\rabc\r\n"), 400},
        {"chunk longer than its size", chunked("3\r\nabcd\r\n"), 400},
        {"chunk not ended", chunked("3\r\nabc0\r\n\r\n"), 400},
        {"chunk ended by a line feed", chunked("3\r\nabc\n0\r\n\r\n"), 400},
        {"chunk of 2^64", chunked("10000000000000000\r\nabc"), 413},
        {"chunk of 2^64 - 1", chunked("ffffffffffffffff\r\nabc"), 413},
        {"chunk of 2^63", chunked("8000000000000000\r\nabc"), 413},
        {"chunk over the limit", chunked("10001\r\nabc"), 413},
        {"chunks over the limit", chunked(("3e8\r\n" + kilobyte + "\r\n").repeated(66)), 413},
        {"endless size", chunked(QByteArray(3000, '0')), 400},
        {"endless extension", chunked("3;" + kilobyte.repeated(3)), 400},
        {"endless extensions", chunked(("1;" + kilobyte + "\r\nx\r\n").repeated(20)), 400},
        {"extension with NUL", chunked(QByteArrayLiteral("3;\0\r\nabc\r\n")), 400},
        {"extension ended by a line feed", chunked("3;x\nabc\r\n"), 400},
        {"endless trailer", chunked("0\r\nX: " + kilobyte.repeated(3)), 400},
        {"endless trailers", chunked("0\r\n" + QByteArray("X: y\r\n").repeated(5000)), 400},
        {"trailer folded", chunked("0\r\nX: y\r\n z\r\n\r\n"), 400},
        {"trailer with NUL", chunked(QByteArrayLiteral("0\r\nX: \0\r\n\r\n")), 400},
        {"trailer ended by a line feed", chunked("0\r\nX: y\n\r\n"), 400},
    };
}

// Each target would be served if somebody put it right.
QList<OddRequest> oddTargets()
{
    return {
        {"dots that end at a page", at("/nope/../scope"), 404},
        {"dots encoded in part", at("/nope/%2E./scope"), 404},
        {"dots encoded", at("/nope/%2e%2e/scope"), 404},
        {"dots and slash encoded", at("/nope%2f%2e%2e%2fscope"), 404},
        {"dots encoded twice", at("/nope/%252e%252e/scope"), 404},
        {"dots behind a semicolon", at("/nope/..;/scope"), 404},
        {"dots between backslashes", at("/nope\\..\\scope"), 404},
        {"dots between encoded backslashes", at("/nope%5c..%5Cscope"), 404},
        {"one dot", at("/./scope"), 404},
        {"one dot encoded", at("/%2e/scope"), 404},
        {"dot at the end", at("/scope/."), 404},
        {"dots at the end", at("/scope/nope/.."), 404},
        {"dots alone", at("/.."), 404},
        {"dots without a slash", at("../scope"), 400},
        {"two slashes before a page", at("//scope"), 400},
        {"three slashes", at("///scope"), 400},
        {"two slashes inside", at("/nope//../scope"), 404},
        {"slash encoded", at("/%2fscope"), 404},
        {"slash encoded at the end", at("/scope%2F"), 404},
        {"backslash first", at("\\scope"), 400},
        {"backslash for the second slash", at("/\\scope"), 404},
        {"backslash encoded", at("/%5cscope"), 404},
        {"NUL encoded at the end", at("/scope%00"), 404},
        {"overlong slash", at("/nope%c0%af..%c0%afscope"), 404},
        {"percent at the end", at("/scope%"), 404},
        {"percent and one digit", at("/scope%2"), 404},
        {"target no ASCII", at("/\xc3\xa4"), 400},
        {"fragment", at("/scope#x"), 400},
        {"absolute without a host", at("http:///scope"), 400},
        {"absolute, nothing behind the scheme", at("http://"), 400},
        {"absolute with another port", at("http://localhost:1/scope"), 400},
        {"absolute with a user", at("http://me@localhost/scope"), 400},
        {"absolute with two slashes", at("http://localhost//scope"), 400},
        {"absolute with dots", at("http://localhost/nope/../scope"), 404},
        {"absolute of another scheme", at("ftp://localhost/scope"), 400},
        {"a file", at("file:///etc/passwd"), 400},
        {"host and port", at("localhost:80"), 400},
        {"host and port to CONNECT", at("localhost:80", "CONNECT"), 405},
        {"asterisk", at("*", "OPTIONS"), 400},
        {"asterisk to GET", at("*"), 400},
        {"query alone", at("?x"), 400},
    };
}

QList<OddRequest> oddUpgrades()
{
    const QByteArray upgrade = handshake("/echo/");
    const QByteArray early = clientFrame(1, "early");
    const auto with = [](const QByteArray &lines) { return handshake("/echo/", lines); };
    const auto changed = [&](const char *before, const char *after) {
        return QByteArray(upgrade).replace(before, after) + early;
    };
    return {
        {"upgrade with chunks", with("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
        {"upgrade with a body of frames", with("Content-Length: 11\r\n") + early, 400},
        {"upgrade with a length too many", with("Content-Length: 0\r\nContent-Length: 0\r\n"), 400},
        {"upgrade with two keys", with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 400},
        {"upgrade with two versions", with("Sec-WebSocket-Version: 8\r\n"), 426},
        {"upgrade with two origins", with("Origin: http://a\r\nOrigin: http://b\r\n"), 400},
        {"upgrade with a short key", changed("dGhlIHNhbXBsZSBub25jZQ==", "dGhl"), 400},
        {"upgrade with a key no base 64", changed("dGhlIHNhbXBsZSBub25jZQ==", "*"), 400},
        {"upgrade of version nan", changed("Version: 13", "Version: nan"), 426},
        {"upgrade of version 13.0", changed("Version: 13", "Version: 13.0"), 426},
        {"upgrade without a version", changed("Sec-WebSocket-Version: 13\r\n", ""), 426},
        {"upgrade without Connection", changed("Connection: Upgrade\r\n", ""), 400},
        {"upgrade of HTTP/nan", changed("HTTP/1.1", "HTTP/nan"), 400},
        {"upgrade with HEAD", changed("GET", "HEAD"), 405},
        {"upgrade at a page", handshake("/scope") + early, 404},
        {"upgrade behind two slashes", handshake("//evil/echo/") + early, 400},
        {"upgrade at another host", handshake("http://evil/echo/") + early, 400},
        {"expectation unknown", post("Expect: the-unexpected\r\nContent-Length: 3"), 417},
        {"two expectations",
         post("Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 3"), 417},
        {"100-continue, length wrong", post("Expect: 100-continue\r\nContent-Length: x"), 400},
        {"100-continue, coding unknown", post("Expect: 100-continue\r\nTransfer-Encoding: x"), 501},
        {"100-continue, body too large", post("Expect: 100-continue\r\nContent-Length: 65537", {}),
         413},
        {"100-continue, target wrong",
         "POST //x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", 400},
    };
}

QList<OddRequest> unusualRequests()
{
    return {
        {"one empty line first", "\r\n" + at("/"), 200},
        {"HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200},
        {"absolute at our host", at("http://localhost/"), 200},
        {"absolute in capitals", at("HTTP://LOCALHOST/"), 200},
        {"absolute without a path", at("http://localhost"), 200},
        {"letters encoded", at("/%73cope"), 200},
        {"dots in the query", at("/?../..//%2e"), 200},
        {"length of nothing", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 200},
        {"name in capitals", "GET / HTTP/1.1\r\nHOST: a\r\n\r\n", 200},
        {"value with spaces around", withLine("X: \t a \t"), 200},
        {"value empty", withLine("X:"), 200},
        {"value no ASCII", withLine("X: \xc3\xa4"), 200},
        {"exactly as many lines as pass", ofHost("Host: a" + QByteArray("\r\nX:").repeated(98)),
         200},
        {"chunk with zeros", chunked("003\r\nabc\r\n000\r\n\r\n"), 200},
        {"chunk with an extension", chunked("3;a=\"b\"\r\nabc\r\n0;c\r\n\r\n"), 200},
        {"chunks with trailers", chunked("3\r\nabc\r\n0\r\nX: y\r\nY: z\r\n\r\n"), 200},
        {"exactly as long a body as passes", post("Content-Length: 65536", QByteArray(65536, 'x')),
         200},
    };
}

} // namespace parlour::tests
