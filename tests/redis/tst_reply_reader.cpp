// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/answers.h"
#include "redis/redis_command.h"
#include "redis/reply_reader.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::redis;

namespace {

/// All that comes out, and why it ended.
QByteArray drained(ReplyReader &reader)
{
    QByteArrayList words;
    for (;;) {
        const auto reply = reader.next();
        if (!reply)
            words.append("fails: " + reply.error().message.toUtf8());
        else if (*reply)
            words.append(parlour::tests::inWords(**reply).toUtf8());
        if (!reply || !*reply)
            return words.join(", ");
    }
}

QByteArray nested(int depth)
{
    return QByteArray("*1\r\n").repeated(depth) + ":1\r\n";
}

} // namespace

class ReplyReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("replies");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &replies) {
            QTest::newRow(name) << bytes << replies;
        };
        row("status", "+OK\r\n", "+OK");
        row("error", "-ERR unknown command\r\n", "-ERR unknown command");
        row("integer", ":-42\r\n", "-42");
        row("greatest integer", ":9223372036854775807\r\n", "9223372036854775807");
        row("bulk", "$5\r\nhello\r\n", R"("hello")");
        row("empty bulk", "$0\r\n\r\n", R"("")");
        row("bulk of any bytes", QByteArray("$4\r\n\r\n\0\xff\r\n", 10), R"("%0D%0A%00%FF")");
        row("nil bulk", "$-1\r\n", "nil");
        row("nil array", "*-1\r\n", "nil");
        row("empty array", "*0\r\n", "[]");
        row("message", "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n", R"(["message" "c" "hi"])");
        row("arrays in arrays", "*2\r\n*2\r\n:1\r\n*0\r\n*1\r\n+a\r\n", "[[1 []] [+a]]");
        row("nil within", "*3\r\n$-1\r\n*-1\r\n:7\r\n", "[nil nil 7]");
        row("eight arrays deep", nested(8), "[[[[[[[[1]]]]]]]]");
        row("several at once", "+OK\r\n:1\r\n$1\r\na\r\n", R"(+OK, 1, "a")");
        row("the next one unfinished", "+OK\r\n$5\r\nhel", "+OK");
        row("error within", "*2\r\n-WRONGTYPE x\r\n:1\r\n", "[-WRONGTYPE x 1]");
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, replies);
        ReplyReader reader;
        reader.feed(bytes);
        QCOMPARE(drained(reader), replies);
    }

    void readsWhateverTheBytesComeIn_data() { reads_data(); }

    void readsWhateverTheBytesComeIn()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, replies);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            ReplyReader reader;
            reader.feed(bytes.first(cut));
            QByteArray all = drained(reader);
            reader.feed(bytes.sliced(cut));
            const QByteArray rest = drained(reader);
            all += (all.isEmpty() || rest.isEmpty() ? "" : ", ") + rest;
            QCOMPARE(all, replies);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("says"); ///< a part of the message
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &says) {
            QTest::newRow(name) << bytes << says;
        };
        row("HTTP", "HTTP/1.1 400 Bad Request\r\n", "Protocol error");
        row("another protocol", "\x15\x03\x01\r\n", "Protocol error");
        row("length is no number", "$x\r\n", "length");
        row("length is negative", "$-2\r\n", "length");
        row("length over 64 bits", "$99999999999999999999\r\n", "length");
        row("integer is no number", ":x\r\n", "integer");
        row("array of a negative size", "*-2\r\n", "ength");
        row("array of no size", "*x\r\n", "ength");
        row("array of 2^31 elements", "*2147483648\r\n", "out of range");
        row("array of 2^32 elements", "*4294967296\r\n:1\r\n", "out of range");
        row("array of 2^32 + 1 elements", "*4294967297\r\n:1\r\n:1\r\n", "out of range");
        row("array over the limit", "*101\r\n", "more than 100 elements");
        row("arrays that are over it together",
            QByteArray("*50\r\n") + QByteArray("*2\r\n:1\r\n:1\r\n").repeated(50),
            "more than 100 elements");
        row("nine arrays deep", nested(9), "depth");
        row("a thousand arrays deep", nested(1000), "depth");
        row("bulk without an end", "$2000\r\n" + QByteArray(1001, 'a'), "more than 1000 bytes");
        row("line without an end", '+' + QByteArray(300, 'a'), "line of more than 256 bytes");
        row("length without an end", '$' + QByteArray(300, '1'), "line of more than 256 bytes");
        row("unfinished array",
            "*90\r\n" + QByteArray("$20\r\n" + QByteArray(20, 'a') + "\r\n").repeated(50),
            "more than 1000 bytes");
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, says);
        const ReplyReader::Limits limits{.bytes = 1000, .elements = 100, .lineBytes = 256};
        for (const qsizetype step : {bytes.size(), qsizetype(1), qsizetype(7)}) {
            ReplyReader reader(limits);
            QByteArray outcome;
            for (qsizetype at = 0; at < bytes.size() && outcome.isEmpty(); at += step) {
                reader.feed(bytes.mid(at, step));
                outcome = drained(reader);
            }
            QVERIFY2(outcome.startsWith("fails: "), outcome.constData());
            QVERIFY2(outcome.contains(says), outcome.constData());
            reader.feed("+OK\r\n");
            QCOMPARE(drained(reader), outcome);
        }
    }

    void countsEachReplyByItself()
    {
        ReplyReader reader({.bytes = 100, .elements = 3, .lineBytes = 64});
        for (int n = 0; n < 1000; ++n) {
            reader.feed("*2\r\n:1\r\n$20\r\n" + QByteArray(20, 'a') + "\r\n");
            QCOMPARE(drained(reader), QByteArray(R"([1 "aaaaaaaaaaaaaaaaaaaa"])"));
        }
    }

    void aCommandMayHoldAnyBytes()
    {
        const RedisCommand command{"PUBLISH", "канал", QByteArray("\r\n\0$", 4), ""};
        QCOMPARE(command.name(), QByteArray("PUBLISH"));
        QCOMPARE(
            command.bytes(),
            QByteArray("*4\r\n$7\r\nPUBLISH\r\n$10\r\nканал\r\n$4\r\n\r\n\0$\r\n$0\r\n\r\n", 50));
    }
};

PARLOUR_TEST(ReplyReaderTest)
#include "tst_reply_reader.moc"
