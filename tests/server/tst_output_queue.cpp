// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/output_queue.h"
#include "support/heap.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using parlour::tests::heapInUse;
using Kind = OutputQueue::Kind;
using Status = ByteStream::Status;

namespace {

// Takes as much as it is told to, then blocks.
class NarrowStream final : public ByteStream
{
public:
    Result read(char *, qsizetype) override { return {Status::Blocked}; }
    Result write(std::span<const QByteArrayView> pieces) override
    {
        ++writes;
        if (room == 0)
            return {Status::Blocked};
        const qsizetype before = taken.size();
        for (const QByteArrayView piece : pieces) {
            const qsizetype part = std::min(piece.size(), room);
            taken += piece.first(part).toByteArray();
            room -= part;
        }
        return {Status::Ok, taken.size() - before};
    }
    Status endWriting() override { return Status::Ok; }
    int descriptor() const override { return -1; }

    qsizetype room = 1 << 30;
    QByteArray taken;
    int writes = 0;
};

} // namespace

class OutputQueueTest final : public QObject
{
    Q_OBJECT

    const QByteArray m_big = QByteArray(10000, 'b');

private Q_SLOTS:
    void writesAllThatATurnGaveInOneCall()
    {
        OutputQueue queue;
        NarrowStream stream;
        for (int i = 0; i < 20; ++i)
            queue.append(Kind::Message, "[", QByteArray::number(i) + ']');
        queue.append(Kind::Message, "<", m_big);
        queue.append(Kind::Message, ">", "end");
        QCOMPARE(queue.writeTo(stream), Status::Ok);
        QCOMPARE(stream.writes, 1);
        QVERIFY(stream.taken.startsWith("[0][1][2]"));
        QVERIFY(stream.taken.endsWith('<' + m_big + ">end"));
        QVERIFY(queue.isEmpty());
    }

    void doesNotCopyBigPayloads()
    {
        OutputQueue queue;
        const QByteArray payload(10000, 'b');
        queue.append(Kind::Message, "<", payload);
        queue.append(Kind::Message, ">", "next");
        QVERIFY(!payload.isDetached());
        NarrowStream stream;
        queue.writeTo(stream);
        QVERIFY(payload.isDetached());
        QCOMPARE(stream.taken.size(), 10006);
    }

    void countsWhatWasNotTakenAfterTheWriteOnly()
    {
        OutputQueue queue;
        NarrowStream stream;
        stream.room = 7;
        for (int i = 0; i < 5; ++i)
            queue.append(Kind::Message, "12", "34");
        QCOMPARE(queue.backlog().messages, 0); // nobody has asked the stream yet
        QCOMPARE(queue.writeTo(stream), Status::Blocked);
        QCOMPARE(queue.backlog().messages, 4);
        QCOMPARE(queue.backlog().bytes, 13);
        stream.room = 100;
        QCOMPARE(queue.writeTo(stream), Status::Ok);
        QCOMPARE(queue.backlog().messages, 0);
        QCOMPARE(stream.taken, QByteArray("1234").repeated(5));
    }

    void keepsEveryByteInOrderHoweverSmallTheSteps()
    {
        OutputQueue queue;
        NarrowStream stream;
        QByteArray all;
        for (int i = 0; i < 300; ++i) {
            const QByteArray payload =
                i % 7 == 0 ? QByteArray(5000 + i, 'b') : QByteArray::number(i);
            queue.append(i % 2 == 0 ? Kind::Message : Kind::Pong, "#", payload);
            all += '#' + payload;
            stream.room = i * 13 % 997;
            queue.writeTo(stream);
        }
        stream.room = 1 << 30;
        queue.writeTo(stream);
        QCOMPARE(stream.taken, all);
        QCOMPARE(queue.pongs(), 0);
        QCOMPARE(queue.backlog().messages, 0);
    }

    void forgetsWhatIsDoneThoughItIsNeverEmpty()
    {
        OutputQueue queue;
        NarrowStream stream;
        QByteArray all;
        for (int i = 0; i < 10000; ++i) {
            const QByteArray payload = i % 100 == 0 ? m_big : QByteArray::number(i);
            queue.append(Kind::Message, "#", payload);
            all += '#' + payload;
            stream.room = queue.bytes() - 1;
            queue.writeTo(stream);
            QVERIFY(!queue.isEmpty());
            QVERIFY2(queue.entries() < 20, QByteArray::number(queue.entries()).constData());
        }
        stream.room = 1;
        queue.writeTo(stream);
        QCOMPARE(stream.taken, all);
    }

    void dropsOnlyWhatHasNotBegun()
    {
        OutputQueue queue;
        NarrowStream stream;
        stream.room = 5;
        queue.append(Kind::Message, "12", "34");
        queue.append(Kind::Message, "56", m_big);
        queue.append(Kind::Message, "78", m_big);
        queue.append(Kind::Pong, "9", "p");
        queue.writeTo(stream);
        queue.dropUnbegun();
        QCOMPARE(queue.backlog().messages, 1);
        QCOMPARE(queue.pongs(), 0);
        queue.append(Kind::Other, "close");
        stream.room = 1 << 30;
        queue.writeTo(stream);
        QCOMPARE(stream.taken, "123456" + m_big + "close");
    }

    void keepsTheHandshakeThatHasNotBegun()
    {
        OutputQueue queue;
        NarrowStream stream;
        queue.append(Kind::Other, "101");
        queue.append(Kind::Message, "12", "34");
        queue.append(Kind::Other, "ping");
        queue.dropUnbegun();
        queue.append(Kind::Other, "close");
        stream.room = 100;
        queue.writeTo(stream);
        QCOMPARE(stream.taken, QByteArray("101close"));
    }

    void dropsAllWhereNothingHasBegun()
    {
        OutputQueue queue;
        NarrowStream stream;
        stream.room = 4;
        queue.append(Kind::Message, "12", "34");
        queue.append(Kind::Message, "56", "78");
        queue.writeTo(stream);
        queue.dropUnbegun();
        QVERIFY(queue.isEmpty());
        queue.append(Kind::Other, "close");
        stream.room = 100;
        queue.writeTo(stream);
        QCOMPARE(stream.taken, QByteArray("1234close"));
    }

    // Idle connections are many.
    void givesItsMemoryBackOnceAllIsTaken()
    {
        NarrowStream stream;
        stream.taken.reserve(3 << 20);
        OutputQueue queue;
        const qint64 before = heapInUse();
        for (int i = 0; i < 1000; ++i)
            queue.append(Kind::Message, "head", QByteArray(2000, 'x'));
        QCOMPARE(queue.writeTo(stream), Status::Ok);
        QVERIFY(queue.isEmpty());
        QCOMPARE_LE(heapInUse() - before, 8192);
    }
};

PARLOUR_TEST(OutputQueueTest)

#include "tst_output_queue.moc"
