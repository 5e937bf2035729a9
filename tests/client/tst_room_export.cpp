// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/json_room_reader.h"
#include "client/fake_host.h"
#include "client/room_export.h"
#include "support/runner.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using client::RoomExport;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

/// A room of a scripted host into a file.
class RoomExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void allPagesAreWrittenInOrder();
    void anEmptyRoomIsWritten();
    void numbersThatNoMessageHasAreKept();
    void whatIsChangedMeanwhileIsWrittenAsItIs();
    void whatIsDeletedMeanwhileIsInNoQuote();
    void aLostLinkIsWaitedFor();
    void anotherEpochEndsIt();
    void aRoomThatIsClosedEndsIt();
    void aHostThatSaysWhatCannotBeEndsIt();
    void aCancelledOneLeavesNothing();
    void aFileThatCannotBeIsSaid();

private:
    RoomExport::Request request(ExportFormat format = ExportFormat::Json) const
    {
        return {m_folder->filePath(u"out.json"_s),
                u"general"_s,
                u"A topic"_s,
                {u"h-1"_s, u"Studio North"_s, u"1"_s},
                format};
    }
    /// What the file has; a head without a room: there is none, or nothing that can be read.
    struct Written {
        ExportHead head;
        QList<ExportEntry> entries;
        QStringList texts() const
        {
            QStringList all;
            for (const ExportEntry &entry : entries)
                all << entry.message.text;
            return all;
        }
    };
    Written written() const;
    bool isThereNothing() const { return QDir(m_folder->path()).isEmpty(QDir::Files); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr int Patience = 20000;

struct Outcome {
    explicit Outcome(RoomExport &job)
        : finished(&job, &RoomExport::finished)
        , failed(&job, &RoomExport::failed)
    {
    }
    bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return !finished.isEmpty() || !failed.isEmpty(); },
                               Patience);
    }
    QString problem() const { return failed.value(0).value(0).toString(); }

    QSignalSpy finished;
    QSignalSpy failed;
};

void fill(FakeHost &host, int from, int count)
{
    for (int i = from; i < from + count; ++i)
        host.keep(u"general"_s, u"id-%1"_s.arg(i), u"text %1"_s.arg(i));
}

QStringList texts(int from, int count)
{
    QStringList all;
    for (int i = from; i < from + count; ++i)
        all << u"text %1"_s.arg(i);
    return all;
}

} // namespace

RoomExportTest::Written RoomExportTest::written() const
{
    QFile file(m_folder->filePath(u"out.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    JsonRoomReader reader(file);
    const auto head = reader.begin();
    if (!head)
        return {};
    Written all{*head, {}};
    for (;;) {
        const auto entries = reader.next(100);
        if (!entries)
            return {};
        if (entries->isEmpty())
            return all;
        all.entries += *entries;
    }
}

void RoomExportTest::allPagesAreWrittenInOrder()
{
    FakeHost host;
    fill(host, 1, 730);
    RoomExport job(request());
    const Outcome outcome(job);
    const QSignalSpy progress(&job, &RoomExport::progressed);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QCOMPARE(outcome.problem(), QString());
    const Written all = written();
    QCOMPARE(all.texts(), texts(1, 730));
    QCOMPARE(all.head.first, 1);
    QCOMPARE(all.head.number, 730);
    QCOMPARE(all.head.epoch, u"e-1"_s);
    QCOMPARE(all.head.topic, u"A topic"_s);
    QCOMPARE(all.head.note, QString());
    double before = 0;
    for (const QList<QVariant> &step : progress) {
        const double share = step.at(0).toDouble() / step.at(1).toDouble();
        QVERIFY(share >= before && share <= 1);
        before = share;
    }
    QCOMPARE(before, 1.0);
}

void RoomExportTest::anEmptyRoomIsWritten()
{
    FakeHost host;
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QCOMPARE(outcome.problem(), QString());
    QCOMPARE(written().head.room, u"general"_s);
    QVERIFY(written().entries.isEmpty());
}

void RoomExportTest::numbersThatNoMessageHasAreKept()
{
    FakeHost host;
    fill(host, 1, 2);
    host.change(u"general"_s, u"c-1"_s, u"id-1"_s, {{u"text"_s, u"edited"_s}, {u"edited"_s, 5}});
    fill(host, 3, 1);
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QCOMPARE(written().texts(), (QStringList{u"edited"_s, u"text 2"_s, u""_s, u"text 3"_s}));
    QCOMPARE(written().entries.at(2).kind, ExportEntry::Kind::Unknown);
    QCOMPARE(written().entries.at(0).message.edited, 5);
}

void RoomExportTest::whatIsChangedMeanwhileIsWrittenAsItIs()
{
    FakeHost host;
    fill(host, 1, 500);
    host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
        FakeHost::answerAsHost(self, frame);
        if (frame["before"_L1].toInt() == 201) // the newest were read
            self.send(self.change(u"general"_s, u"c-1"_s, u"id-450"_s,
                                  {{u"text"_s, u""_s}, {u"deleted"_s, true}}, u"delete"_s));
    });
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QCOMPARE(outcome.problem(), QString());
    QVERIFY(written().entries.at(449).message.isDeleted);
    QCOMPARE(written().entries.size(), 500);
}

void RoomExportTest::whatIsDeletedMeanwhileIsInNoQuote()
{
    FakeHost host;
    fill(host, 1, 500);
    const QJsonObject quote{{u"id"_s, u"id-450"_s},
                            {u"number"_s, 450},
                            {u"sender"_s, QJsonObject{{u"id"_s, u"p-1"_s}, {u"name"_s, u"Ann"_s}}},
                            {u"text"_s, u"text 450"_s}};
    host.change(u"general"_s, u"c-1"_s, u"id-480"_s, {{u"reply"_s, quote}});
    bool deletes = false;
    host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
        FakeHost::answerAsHost(self, frame);
        if (deletes && frame["before"_L1].toInt() == 201) // the newest were read
            self.send(self.change(u"general"_s, u"c-2"_s, u"id-450"_s,
                                  {{u"text"_s, u""_s}, {u"deleted"_s, true}}, u"delete"_s));
    });
    for (const int said : {2, 0}) {
        deletes = said == 0;
        RoomExport job(request(ExportFormat::Text));
        const Outcome outcome(job);
        job.readHost(host.address(), quickOptions());
        QVERIFY(outcome.waitForEnd());
        QCOMPARE(outcome.problem(), QString());
        QFile file(m_folder->filePath(u"out.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count("text 450"), said);
    }
}

void RoomExportTest::aLostLinkIsWaitedFor()
{
    FakeHost host;
    fill(host, 1, 500);
    int asked = 0;
    host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
        if (frame.contains("before"_L1) && ++asked == 2) {
            fill(self, 501, 3);
            return self.close(1001);
        }
        FakeHost::answerAsHost(self, frame);
    });
    RoomExport job(request());
    const Outcome outcome(job);
    const QSignalSpy waiting(&job, &RoomExport::waitingChanged);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QCOMPARE(outcome.problem(), QString());
    QCOMPARE(written().texts(), texts(1, 500));
    QVERIFY(waiting.contains(QList<QVariant>{true}));
    QCOMPARE(waiting.last().first().toBool(), false);
}

void RoomExportTest::anotherEpochEndsIt()
{
    FakeHost host;
    fill(host, 1, 500);
    host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
        if (!frame.contains("before"_L1))
            return FakeHost::answerAsHost(self, frame);
        self.wipe(u"e-2"_s);
        fill(self, 1, 10);
        self.close(1001);
    });
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QVERIFY2(outcome.problem().contains(u"begun anew"_s), qPrintable(outcome.problem()));
    QVERIFY(isThereNothing());
}

void RoomExportTest::aRoomThatIsClosedEndsIt()
{
    FakeHost host;
    host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
        if (frame["type"_L1] != "join"_L1)
            return FakeHost::answerAsHost(self, frame);
        self.send({{u"type"_s, u"error"_s},
                   {u"code"_s, u"too_many_rooms"_s},
                   {u"message"_s, u"No place."_s},
                   {u"room"_s, u"general"_s}});
    });
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QVERIFY(!outcome.problem().isEmpty());
    QVERIFY(isThereNothing());
}

void RoomExportTest::aHostThatSaysWhatCannotBeEndsIt()
{
    FakeHost host;
    fill(host, 1, 500);
    host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
        if (frame["type"_L1] != "join"_L1)
            return FakeHost::answerAsHost(self, frame);
        self.sendRaw(uR"({"type":"joined","room":"general","title":"general","topic":"",)"
                     uR"("epoch":"e-1","number":9007199254740991,"people":1,"listed":true})"_s);
        self.sendRaw(uR"({"type":"history","room":"general","epoch":"e-1","first":1,)"
                     uR"("number":9007199254740991,"messages":[],"more":false})"_s);
    });
    RoomExport job(request());
    const Outcome outcome(job);
    job.readHost(host.address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QVERIFY2(outcome.problem().contains(u"cannot be"_s), qPrintable(outcome.problem()));
    QVERIFY(isThereNothing());
}

void RoomExportTest::aCancelledOneLeavesNothing()
{
    FakeHost host;
    fill(host, 1, 500);
    host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
        if (frame["before"_L1].toInt() != 201) // which is never answered
            FakeHost::answerAsHost(self, frame);
    });
    auto job = std::make_unique<RoomExport>(request());
    const QSignalSpy progress(job.get(), &RoomExport::progressed);
    job->readHost(host.address(), quickOptions());
    QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), Patience);
    job.reset();
    QVERIFY(isThereNothing());
}

void RoomExportTest::aFileThatCannotBeIsSaid()
{
    RoomExport::Request wanted = request();
    wanted.file = u"/nowhere/out.json"_s;
    RoomExport job(wanted);
    const Outcome outcome(job);
    job.readHost(FakeHost().address(), quickOptions());
    QVERIFY(outcome.waitForEnd());
    QVERIFY2(outcome.problem().contains(u"cannot be written"_s), qPrintable(outcome.problem()));
}

PARLOUR_TEST(RoomExportTest)
#include "tst_room_export.moc"
