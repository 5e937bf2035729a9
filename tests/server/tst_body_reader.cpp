// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/body_reader.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;

namespace {

struct Reading {
    int status = 0; // 0: sound so far
    bool complete = false;
    qsizetype used = 0;
    QByteArray content;
};

Reading read(const RequestHead &head, const QByteArray &bytes, qsizetype piece, qint64 maxBytes)
{
    auto reader = BodyReader::forHead(head, maxBytes);
    Reading reading;
    if (!reader) {
        reading.status = reader.error().status;
        return reading;
    }
    for (qsizetype at = 0; at < bytes.size() && !reader->isComplete(); at += piece) {
        const auto part =
            QByteArrayView(bytes).sliced(at).first(std::min(piece, bytes.size() - at));
        const auto used = reader->feed(part, reading.content);
        if (!used) {
            reading.status = used.error().status;
            return reading;
        }
        reading.used += *used;
    }
    reading.complete = reader->isComplete();
    return reading;
}

RequestHead chunkedHead()
{
    RequestHead head;
    head.chunked = true;
    return head;
}

} // namespace

class BodyReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSoManyBytes();
    void needsNothingWhereThereIsNoBody();
    void refusesTooLongABodyFromTheHeadAlone();
    void readsChunks_data();
    void readsChunks();
    void refusesBadChunks_data();
    void refusesBadChunks();
};

void BodyReaderTest::readsSoManyBytes()
{
    RequestHead head;
    head.contentLength = 5;
    for (const qsizetype piece : {1, 3, 100}) {
        const Reading reading = read(head, "helloGET /", piece, 5);
        QVERIFY(reading.complete);
        QCOMPARE(reading.content, "hello");
        QCOMPARE(reading.used, 5);
    }
    QVERIFY(!read(head, "hell", 100, 5).complete);
}

void BodyReaderTest::needsNothingWhereThereIsNoBody()
{
    const auto reader = BodyReader::forHead({}, 0);
    QVERIFY(reader && reader.value().isComplete());
}

void BodyReaderTest::refusesTooLongABodyFromTheHeadAlone()
{
    RequestHead head;
    head.contentLength = 6;
    QCOMPARE(read(head, {}, 1, 5).status, 413);
}

void BodyReaderTest::readsChunks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &content) {
        QTest::newRow(name) << bytes << content;
    };
    row("none", "0\r\n\r\n", "");
    row("one", "5\r\nhello\r\n0\r\n\r\n", "hello");
    row("two", "5\r\nhello\r\n00A\r\n, everyone\r\n000\r\n\r\n", "hello, everyone");
    row("line ends inside", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n");
    row("extensions", "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n", "hello");
    row("space before an extension", "5 ;a\r\nhello\r\n0\r\n\r\n", "hello");
    row("trailers", "5\r\nhello\r\n0\r\nX-A: b\r\nX-C: d\r\n\r\n", "hello");
}

void BodyReaderTest::readsChunks()
{
    QFETCH(const QByteArray, bytes);
    for (const qsizetype piece : {1, 2, 100}) {
        const Reading reading = read(chunkedHead(), bytes + "GET", piece, 100);
        QCOMPARE(reading.status, 0);
        QVERIFY(reading.complete);
        QTEST(reading.content, "content");
        QCOMPARE(reading.used, bytes.size());
    }
}

void BodyReaderTest::refusesBadChunks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    row("no size", "\r\nhello\r\n");
    row("a word", "five\r\n");
    row("a sign", "+5\r\nhello\r\n");
    row("0x5", "0x5\r\nhello\r\n");
    row("space before the size", " 5\r\nhello\r\n");
    row("two sizes", "5 5\r\nhello\r\n");
    row("bare line feed", "5\nhello\r\n");
    row("bare carriage return", "5\r;\r\nhello\r\n");
    row("NUL in an extension", QByteArray("5;\0\r\nhello\r\n", 12));
    row("longer than it says", "5\r\nhello!\r\n");
    row("bare line feed behind", "5\r\nhello\n");
    row("folded trailer", "0\r\nX-A: b\r\n c\r\n\r\n");
    row("more than allowed", "65\r\n", 413);
    row("more than allowed in all", "64\r\n" + QByteArray(100, 'a') + "\r\n1\r\n", 413);
    row("more than 2^64", "FFFFFFFFFFFFFFFFFF\r\n", 413);
    row("endless size line", QByteArray(2000, '0'));
    row("endless extension", "1;" + QByteArray(2000, 'a'));
    row("endless small extensions", ("1;" + QByteArray(900, 'a') + "\r\nx\r\n").repeated(40));
    row("endless trailers", "0\r\n" + ("X: " + QByteArray(900, 'a') + "\r\n").repeated(40));
}

void BodyReaderTest::refusesBadChunks()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QCOMPARE(read(chunkedHead(), bytes, bytes.size(), 100).status, status);
    QCOMPARE(read(chunkedHead(), bytes, 1, 100).status, status);
}

PARLOUR_TEST(BodyReaderTest)
#include "tst_body_reader.moc"
