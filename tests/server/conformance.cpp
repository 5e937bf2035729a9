// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/conformance.h"

namespace parlour::tests {

namespace {

constexpr int Biggest = 65536; // maxMessageBytes as shipped

Frame closing(int code)
{
    return {Close, code == 0 ? QByteArray() : closePayload(code), true};
}

QByteArray close(int code, const QByteArray &reason = {})
{
    return clientFrame(Close, closePayload(code, reason));
}

QByteArray part(int opcode, const QByteArray &payload = {})
{
    return clientFrame(opcode, payload, false);
}

QByteArray last(const QByteArray &payload)
{
    return clientFrame(Continuation, payload);
}

/// A frame with these of the three reserved bits.
QByteArray reserved(int bits, QByteArray frame)
{
    frame[0] = static_cast<char>(frame.at(0) | bits << 4);
    return frame;
}

/// A message as a library sends it that has buffers of this size.
QByteArray inFragments(int opcode, const QByteArray &payload, int size)
{
    QByteArray frames;
    for (qsizetype at = 0; at < payload.size(); at += size)
        frames += clientFrame(at == 0 ? opcode : Continuation, payload.mid(at, size),
                              at + size >= payload.size());
    return frames;
}

/// The head of a masked text frame whose length is written in 2 or 8 bytes.
QByteArray longLength(quint64 length, int digits)
{
    QByteArray frame(digits == 2 ? "\x81\xfe" : "\x81\xff");
    for (int shift = 8 * digits; (shift -= 8) >= 0;)
        frame += static_cast<char>(length >> shift & 0xff);
    return frame + "mask";
}

} // namespace

QList<Exchange> framingCases()
{
    const QByteArray big(Biggest, '*');
    const QByteArray bytes(Biggest, '\xfe');
    QList<Exchange> cases{
        {"1.1.4 text of 127 bytes", text(big.first(127)), {{Text, big.first(127)}}},
        {"1.1.5 text of 128 bytes", text(big.first(128)), {{Text, big.first(128)}}},
        {"1.1.6 text of 65,535 bytes", text(big.first(65535)), {{Text, big.first(65535)}}},
        {"1.1.7 text of 65,536 bytes", text(big), {{Text, big}}},
        {"1.1.9 text of 65,537 bytes", text(big + '*'), {closing(1009)}},
        {"10.1.1 text in fragments of 1,300 bytes", inFragments(Text, big, 1300), {{Text, big}}},
        {"10.1.2 binary in fragments of 997 bytes",
         inFragments(Binary, bytes, 997),
         {{Binary, bytes}}},
        {"10.1.3 text in 1,001 fragments",
         inFragments(Text, big.first(1001), 1),
         {{Text, big.first(1001)}}},
    };
    static constexpr std::array Sizes{std::pair{"1.2.2 binary of 125 bytes", 125},
                                      std::pair{"1.2.3 binary of 126 bytes", 126},
                                      std::pair{"1.2.4 binary of 127 bytes", 127},
                                      std::pair{"1.2.5 binary of 128 bytes", 128},
                                      std::pair{"1.2.6 binary of 65,535 bytes", 65535},
                                      std::pair{"1.2.7 binary of 65,536 bytes", 65536}};
    for (const auto &[name, size] : Sizes)
        cases.append({name, clientFrame(Binary, bytes.first(size)), {{Binary, bytes.first(size)}}});
    cases.append(
        {"1.2.9 binary of 65,537 bytes", clientFrame(Binary, bytes + 'x'), {closing(1009)}});
    return cases;
}

QList<Exchange> controlCases()
{
    const QByteArray odd = QByteArrayLiteral("\x00\xff\xfe\xfd\xfc\xfb\x00\xff");
    QByteArray pings;
    QList<Frame> pongs;
    for (int i = 0; i < 10; ++i) {
        pings += clientFrame(Ping, "payload-" + QByteArray::number(i));
        pongs.append({Pong, "payload-" + QByteArray::number(i)});
    }
    return {
        {"2.3 ping with bytes that are no text", clientFrame(Ping, odd), {{Pong, odd}}},
        {"2.7 pong without payload", clientFrame(Pong, {}) + text("a"), {{Text, "a"}}},
        {"2.9 pong nobody asked for, then a ping",
         clientFrame(Pong, "unsolicited") + clientFrame(Ping, "mine"),
         {{Pong, "mine"}}},
        {"2.10 ten pings", pings, pongs},
        {"2.12 pong of 126 bytes", clientFrame(Pong, QByteArray(126, 'x')), {closing(1002)}},
        {"2.13 ping between two messages",
         text("a") + clientFrame(Ping, "p") + text("b"),
         {{Text, "a"}, {Pong, "p"}, {Text, "b"}}},
    };
}

QList<Exchange> reservedCases()
{
    const QByteArray ping = clientFrame(Ping, {});
    QList<Exchange> cases{
        {"3.2 second bit behind a message",
         text("a") + reserved(2, text("b")) + ping,
         {{Text, "a"}, closing(1002)}},
        {"3.3 two bits behind a message",
         text("a") + reserved(3, text("b")) + ping,
         {{Text, "a"}, closing(1002)}},
        {"3.4 first bit behind a message",
         text("a") + reserved(4, text("b")) + ping,
         {{Text, "a"}, closing(1002)}},
        {"3.5 two bits of a binary message",
         reserved(5, clientFrame(Binary, "x")),
         {closing(1002)}},
        {"3.6 two bits of a ping", reserved(6, ping), {closing(1002)}},
        {"3.7 three bits of a Close", reserved(7, close(1000)), {closing(1002)}},
        {"3.8 a bit of a pong", reserved(1, clientFrame(Pong, {})), {closing(1002)}},
        {"3.9 a bit inside a message", part(Text, "a") + reserved(4, last("b")), {closing(1002)}},
        {"4.1.3 opcode 5 behind a message",
         text("a") + clientFrame(5, {}) + ping,
         {{Text, "a"}, closing(1002)}},
        {"4.2.3 opcode 13 behind a message",
         text("a") + clientFrame(13, {}) + ping,
         {{Text, "a"}, closing(1002)}},
        {"4.3 opcode 3 inside a message", part(Text, "a") + clientFrame(3, "b"), {closing(1002)}},
        {"4.4 length 0 in two bytes", longLength(0, 2), {closing(1002)}},
        {"4.4 length 125 in two bytes", longLength(125, 2), {closing(1002)}},
        {"4.4 length 0 in eight bytes", longLength(0, 8), {closing(1002)}},
        {"4.4 length 125 in eight bytes", longLength(125, 8), {closing(1002)}},
        {"4.4 length 126 in eight bytes", longLength(126, 8), {closing(1002)}},
        {"4.4 length 65,535 in eight bytes", longLength(65535, 8), {closing(1002)}},
        {"4.4 length 2^63 - 1", longLength(~quint64(0) >> 1, 8), {closing(1009)}},
        {"4.4 length 2^64 - 1", longLength(~quint64(0), 8), {closing(1002)}},
    };
    static constexpr std::array Unknown{
        std::pair{"4.1.2 opcode 4", 4},   std::pair{"4.1.3 opcode 5", 5},
        std::pair{"4.1.4 opcode 6", 6},   std::pair{"4.1.5 opcode 7", 7},
        std::pair{"4.2.2 opcode 12", 12}, std::pair{"4.2.3 opcode 13", 13},
        std::pair{"4.2.4 opcode 14", 14}, std::pair{"4.2.5 opcode 15", 15}};
    for (const auto &[name, opcode] : Unknown)
        cases.append({name, clientFrame(opcode, "reserved"), {closing(1002)}});
    return cases;
}

QList<Exchange> fragmentCases()
{
    const QByteArray ping = clientFrame(Ping, "p");
    const QByteArray two = part(Text, "fragment1") + last("fragment2");
    const Frame joined{Text, "fragment1fragment2"};
    QByteArray pinged = part(Text, "0");
    QList<Frame> heard;
    for (int i = 1; i < 5; ++i) {
        pinged += part(Continuation, QByteArray::number(i)) + ping;
        heard.append({Pong, "p"});
    }
    pinged += last("5");
    heard.append({Text, "012345"});
    return {
        {"5.2 pong in fragments", part(Pong, "a") + last("b"), {closing(1002)}},
        {"5.3 Close in fragments", part(Close, closePayload(1000)) + last({}), {closing(1002)}},
        {"5.4 two fragmented messages", two + two, {joined, joined}},
        {"5.7 binary in fragments", part(Binary, "\xff") + last("\xfe"), {{Binary, "\xff\xfe"}}},
        {"5.8 pong inside fragments",
         part(Text, "a") + clientFrame(Pong, "p") + last("b"),
         {{Text, "ab"}}},
        {"5.9 continuation of nothing, then text", last("a") + text("b"), {closing(1002)}},
        {"5.12 unfinished continuation of nothing",
         part(Continuation, "a") + text("b"),
         {closing(1002)}},
        {"5.15 continuation behind a message",
         two + part(Continuation, "more") + text("b"),
         {joined, closing(1002)}},
        {"5.16 continuations around a message",
         part(Continuation, "a") + part(Text, "b") + last("c"),
         {closing(1002)}},
        {"5.18 text inside fragments", part(Text, "a") + part(Text, "b"), {closing(1002)}},
        {"5.18 binary inside fragments of text",
         part(Text, "a") + clientFrame(Binary, "b"),
         {closing(1002)}},
        {"5.19 pings inside six fragments", pinged, heard},
        {"5.20 pings around a fragmented message",
         ping + two + ping,
         {{Pong, "p"}, joined, {Pong, "p"}}},
        {"6.1.2 three empty fragments", part(Text) + part(Continuation) + last({}), {{Text, {}}}},
        {"6.1.3 text between empty fragments",
         part(Text) + part(Continuation, "middle") + last({}),
         {{Text, "middle"}}},
        {"6.2.2 many scripts in two fragments",
         part(Text, "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4") + last("\xc3\xbc\xc3\xa0\xc3\xa1!"),
         {{Text, "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc\xc3\xa0\xc3\xa1!"}}},
        {"6.3.2 surrogate between sound text, a byte at a time",
         inFragments(Text, "\xce\xba\xe1\xbd\xb9\xed\xa0\x80!", 1),
         {closing(1007)}},
    };
}

QList<Exchange> closeCases()
{
    const QByteArray ping = clientFrame(Ping, {});
    const QByteArray reason(123, '*');
    const QByteArray big(Biggest, 'x');
    QList<Exchange> cases{
        {"7.1.2 two Closes", close(1000) + close(1000), {closing(1000)}},
        {"7.1.3 ping behind a Close", close(1000) + ping, {closing(1000)}},
        {"7.1.5 Close inside fragments",
         part(Text, "a") + close(1000) + last("b"),
         {closing(1000)}},
        {"7.1.6 much text, then a Close and a ping",
         text(big) + close(1000) + ping,
         {{Text, big}, closing(1000)}},
        {"7.1.7 fault behind a Close", close(1000) + clientFrame(3, {}), {closing(1000)}},
        {"7.3.1 Close without payload", clientFrame(Close, {}), {closing(0)}},
        {"7.3.5 Close with a reason of 123 bytes", close(1000, reason), {closing(1000)}},
        {"7.3.6 Close with a reason of 124 bytes", close(1000, reason + '*'), {closing(1002)}},
        {"7.5.1 reason with a surrogate", close(1000, "\xed\xa0\x80"), {closing(1007)}},
        {"7.5.1 reason cut in a character", close(1000, "\xce\xba\xe1\xbd"), {closing(1007)}},
        {"7.5.2 reason of several bytes a character", close(1000, "\xce\xba"), {closing(1000)}},
    };
    static constexpr std::array Valid{
        std::pair{"7.7 close 1002", 1002}, std::pair{"7.7 close 1003", 1003},
        std::pair{"7.7 close 1007", 1007}, std::pair{"7.7 close 1008", 1008},
        std::pair{"7.7 close 1009", 1009}, std::pair{"7.7 close 1010", 1010},
        std::pair{"7.7 close 1011", 1011}, std::pair{"7.7 close 1013", 1013},
        std::pair{"7.7 close 3999", 3999}, std::pair{"7.7 close 4000", 4000}};
    static constexpr std::array Invalid{
        std::pair{"7.9 close 0", 0},         std::pair{"7.9 close 1", 1},
        std::pair{"7.9 close 1016", 1016},   std::pair{"7.9 close 1100", 1100},
        std::pair{"7.9 close 2000", 2000},   std::pair{"7.13 close 5000", 5000},
        std::pair{"7.13 close 65535", 65535}};
    for (const auto &[name, code] : Valid)
        cases.append({name, close(code), {closing(code)}});
    for (const auto &[name, code] : Invalid)
        cases.append({name, close(code), {closing(1002)}});
    return cases;
}

} // namespace parlour::tests
