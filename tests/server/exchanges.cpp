// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"

using namespace Qt::StringLiterals;

namespace parlour::tests {

namespace {

Frame closing(int code)
{
    return {Close, closePayload(code), true};
}

QByteArray close(int code, const QByteArray &reason = {})
{
    return clientFrame(Close, closePayload(code, reason));
}

} // namespace

QString inWords(const std::optional<Frame> &frame)
{
    if (!frame)
        return u"the end"_s;
    if (frame->opcode == Close)
        return u"close %1"_s.arg(frame->closeCode());
    return u"opcode %1, %2 bytes: %3"_s.arg(frame->opcode)
        .arg(frame->payload.size())
        .arg(QString::fromLatin1(frame->payload.left(40).toPercentEncoding(" ")));
}

QList<Exchange> soundExchanges()
{
    const QByteArray big(exchangeLimit, 'x');
    const QByteArray piece(300, 'x');
    QByteArray crumbs = clientFrame(Text, "a", false);
    for (int i = 0; i < 1500; ++i)
        crumbs += clientFrame(Continuation, {}, false);
    crumbs += clientFrame(Continuation, "b");
    return {
        {"text", text("hello"), {{Text, "hello"}}},
        {"text of several bytes a character",
         text("привет 🙂"),
         {{Text, "привет 🙂"}}},
        {"empty text", text({}), {{Text, {}}}},
        {"text with NUL", text(QByteArray("a\0b", 3)), {{Text, QByteArray("a\0b", 3)}}},
        {"byte order mark",
         text("\xef\xbb\xbf"
              "a"),
         {{Text,
           "\xef\xbb\xbf"
           "a"}}},
        {"binary", clientFrame(Binary, "\xff\xfe"), {{Binary, "\xff\xfe"}}},
        {"empty binary", clientFrame(Binary, {}), {{Binary, {}}}},
        {"125 bytes", text(big.first(125)), {{Text, big.first(125)}}},
        {"126 bytes", text(big.first(126)), {{Text, big.first(126)}}},
        {"exactly the limit", text(big), {{Text, big}}},
        {"two messages in one write", text("a") + text("b"), {{Text, "a"}, {Text, "b"}}},
        {"fragments",
         clientFrame(Text, "a", false) + clientFrame(Continuation, "b", false)
             + clientFrame(Continuation, "c"),
         {{Text, "abc"}}},
        {"fragments up to the limit",
         clientFrame(Binary, piece, false) + clientFrame(Continuation, piece, false)
             + clientFrame(Continuation, big.first(400)),
         {{Binary, big}}},
        {"1,500 empty fragments", crumbs, {{Text, "ab"}}},
        {"character split over fragments",
         clientFrame(Text, "\xd0", false) + clientFrame(Continuation, "\xb9"),
         {{Text, "й"}}},
        {"ping inside fragments",
         clientFrame(Text, "a", false) + clientFrame(Ping, "p") + clientFrame(Continuation, "b"),
         {{Pong, "p"}, {Text, "ab"}}},
        {"ping", clientFrame(Ping, "abc"), {{Pong, "abc"}}},
        {"empty ping", clientFrame(Ping, {}), {{Pong, {}}}},
        {"ping of 125 bytes", clientFrame(Ping, big.first(125)), {{Pong, big.first(125)}}},
        {"pong nobody asked for", clientFrame(Pong, "x") + text("a"), {{Text, "a"}}},
        {"close 1000", close(1000, "bye"), {closing(1000)}},
        {"close 1001", close(1001), {closing(1001)}},
        {"close 1012", close(1012), {closing(1012)}},
        {"close 1014", close(1014), {closing(1014)}},
        {"close 3000", close(3000), {closing(3000)}},
        {"close 4999", close(4999), {closing(4999)}},
        {"last words before close", text("a") + close(1000), {{Text, "a"}, closing(1000)}},
        {"nothing after close", close(1000) + text("a"), {closing(1000)}},
    };
}

QList<Exchange> unsoundExchanges()
{
    const QByteArray big(exchangeLimit + 1, 'x');
    const QByteArray ping126(126, 'x');
    const QByteArray cyrillic = QString(u"ж"_s.repeated(exchangeLimit / 2)).toUtf8();
    return {
        {"no mask",
         QByteArray("\x81\x01"
                    "a"),
         {closing(1002)}},
        {"reserved bit", QByteArray("\xc1\x81\x37\xfa\x21\x3d\x4f"), {closing(1002)}},
        {"opcode 3", clientFrame(3, "x"), {closing(1002)}},
        {"opcode 11", clientFrame(11, "x"), {closing(1002)}},
        {"ping of 126 bytes", clientFrame(Ping, ping126), {closing(1002)}},
        {"ping in fragments", clientFrame(Ping, "x", false), {closing(1002)}},
        {"continuation of nothing", clientFrame(Continuation, "x"), {closing(1002)}},
        {"text inside fragments", clientFrame(Text, "a", false) + text("b"), {closing(1002)}},
        {"length not minimal",
         QByteArray("\x81\xfe\x00\x01\x37\xfa\x21\x3d\x4f", 9),
         {closing(1002)}},
        {"length of 2^63", QByteArray("\x81\xff\x80\0\0\0\0\0\0\0abcd", 14), {closing(1002)}},
        {"text no UTF-8", text("\xff"), {closing(1007)}},
        {"text with half a surrogate", text("\xed\xa0\x80"), {closing(1007)}},
        {"text cut in a character", text("\xd0"), {closing(1007)}},
        {"echo before a fault", text("a") + text("\xff"), {{Text, "a"}, closing(1007)}},
        {"close of one byte", clientFrame(Close, "x"), {closing(1002)}},
        {"close 999", close(999), {closing(1002)}},
        {"close 1004", close(1004), {closing(1002)}},
        {"close 1005", close(1005), {closing(1002)}},
        {"close 1006", close(1006), {closing(1002)}},
        {"close 1015", close(1015), {closing(1002)}},
        {"close 2999", close(2999), {closing(1002)}},
        {"close with a reason no UTF-8", close(1000, "\xff"), {closing(1007)}},
        {"one byte over the limit", text(big), {closing(1009)}},
        {"fragments over the limit",
         clientFrame(Text, big.first(600), false) + clientFrame(Continuation, big.first(600)),
         {closing(1009)}},
        {"characters over the limit",
         clientFrame(Text, cyrillic, false) + clientFrame(Continuation, cyrillic),
         {closing(1009)}},
    };
}

} // namespace parlour::tests
