// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/json_room_reader.h"
#include "client/client_store.h"
#include "client/fake_host.h"
#include "client/host_store.h"
#include "client/room_export.h"
#include "support/runner.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using client::ClientStore;
using client::HostStore;
using client::RoomExport;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;
const QString Hall = u"general"_s;
const QString Epoch = u"e-1"_s;

QList<ChatMessage> kept(int from, int to, const QString &epoch = Epoch)
{
    QList<ChatMessage> all;
    for (int i = from; i <= to; ++i)
        all.append({Hall,
                    u"%1-%2"_s.arg(epoch).arg(i),
                    epoch,
                    i,
                    {u"p-1"_s, u"Ann"_s},
                    1'700'000'000'000 + i,
                    u"text %1"_s.arg(i)});
    return all;
}

} // namespace

/// A room into a file where a host is slow to hand it out, and what was kept of one that is away.
class RoomExportTroubleTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ClientStore> m_store;
    std::unique_ptr<HostStore> m_kept;
    QString m_missing; ///< as the job says

    QString path() const { return m_folder.filePath(u"out"_s); }
    RoomExport::Request request(ExportFormat format) const
    {
        return {path(), Hall, {}, {u"h-1"_s, u"Studio North"_s, u"1"_s},
                format, {},   {}, std::chrono::milliseconds(1)};
    }
    /// What went wrong; empty: the file is there.
    QString run(const std::function<void(RoomExport &)> &start,
                ExportFormat format = ExportFormat::Json)
    {
        RoomExport job(request(format));
        const QSignalSpy finished(&job, &RoomExport::finished);
        const QSignalSpy failed(&job, &RoomExport::failed);
        start(job);
        const bool hasEnded =
            QTest::qWaitFor([&] { return !finished.isEmpty() || !failed.isEmpty(); }, Patience);
        m_missing = job.missing();
        return hasEnded ? failed.value(0).value(0).toString() : u"it does not end"_s;
    }
    QString runStore(ExportFormat format = ExportFormat::Json)
    {
        return run([this](RoomExport &job) { job.readStore(*m_kept); }, format);
    }
    QByteArray written() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Runs of entries as in "1-3 changes 4-5 missing 6-9".
    QString runs() const
    {
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly))
            return u"no file"_s;
        JsonRoomReader reader(file);
        if (!reader.begin())
            return u"no export"_s;
        QStringList words;
        QString before;
        for (;;) {
            const auto entries = reader.next(100);
            if (!entries)
                return entries.error().message;
            if (entries->isEmpty())
                return words.join(u' ');
            for (const ExportEntry &entry : *entries) {
                const QString kind = entry.isMissing           ? u"missing "_s
                    : entry.kind == ExportEntry::Kind::Unknown ? u"changes "_s
                                                               : QString();
                const QString number = QString::number(entry.message.number);
                if (words.isEmpty() || kind != before)
                    words.append(kind + number);
                else
                    words.last() = words.last().section(u'-', 0, 0) + u'-' + number;
                before = kind;
            }
        }
    }

private Q_SLOTS:
    void init()
    {
        QFile::remove(path());
        QFile::remove(m_folder.filePath(u"history.db"_s));
        m_store = ClientStore::open(m_folder.filePath(u"history.db"_s)).value();
        m_kept = std::make_unique<HostStore>(*m_store, u"studio.local:8765"_s);
        m_kept->setHost({u"h-1"_s, u"Studio North"_s, u"1"_s}, {u"p-1"_s, u"Ann"_s, {}, {}});
    }

    void cleanup()
    {
        m_kept.reset();
        m_store.reset();
    }

    void aHostThatIsSlowIsAskedAgain_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("times"); // of each page
        QTest::newRow("too many questions") << u"too_fast"_s << 2;
        QTest::newRow("far too many questions") << u"too_fast"_s << 15;
        QTest::newRow("it cannot be read for a while") << u"not_read"_s << 20;
    }

    void aHostThatIsSlowIsAskedAgain()
    {
        QFETCH(QString, code);
        QFETCH(int, times);
        FakeHost host;
        for (int i = 1; i <= 300; ++i)
            host.keep(Hall, u"id-%1"_s.arg(i), u"text %1"_s.arg(i));
        int refused = 0;
        host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
            if (!frame.contains("before"_L1) || ++refused > times) {
                refused = 0;
                return FakeHost::answerAsHost(self, frame);
            }
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, code},
                       {u"message"_s, u"Not now."_s},
                       {u"room"_s, Hall},
                       {u"retry"_s, 1}});
        });
        QCOMPARE(run([&](RoomExport &job) { job.readHost(host.address(), quickOptions()); }),
                 QString());
        QCOMPARE(runs(), u"1-300"_s);
        QCOMPARE(m_missing, QString());
    }

    void aHostThatHandsNothingOutEndsIt()
    {
        FakeHost host;
        for (int i = 1; i <= 300; ++i)
            host.keep(Hall, u"id-%1"_s.arg(i), u"text %1"_s.arg(i));
        host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
            if (!frame.contains("before"_L1))
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"not_read"_s},
                       {u"message"_s, u"Not now."_s},
                       {u"room"_s, Hall}});
        });
        QCOMPARE(run([&](RoomExport &job) { job.readHost(host.address(), quickOptions()); }),
                 u"The host does not hand out what was said earlier. Try again later."_s);
        QVERIFY(!QFile::exists(path()));
    }

    void whatIsKeptWholeIsWrittenOffline()
    {
        m_kept->keep(Hall, kept(1, 400) + kept(406, 455), Position{Epoch, 455});
        m_kept->cover(Hall, Epoch, {401, 405});
        QCOMPARE(runStore(), QString());
        QCOMPARE(runs(), u"1-400 changes 401-405 406-455"_s);
        QCOMPARE(m_missing, QString());
        QVERIFY(!written().contains("\"note\""));
    }

    void whatIsMissingIsNamed()
    {
        m_kept->keep(Hall, kept(1, 400) + kept(406, 450) + kept(461, 470), Position{Epoch, 470});
        m_kept->cover(Hall, Epoch, {401, 403});
        QCOMPARE(runStore(), QString());
        QCOMPARE(runs(),
                 u"1-400 changes 401-403 missing 404-405 406-450 missing 451-460 461-470"_s);
        QCOMPARE(
            m_missing,
            u"Up to 12 message(s) are missing in it, which this computer never got; the file says "
            "where."_s);
        QVERIFY(written().contains(m_missing.toUtf8()));
    }

    void peopleReadWhereItIsMissing_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::newRow("as a page") << ExportFormat::Html;
        QTest::newRow("as text") << ExportFormat::Text;
    }

    void peopleReadWhereItIsMissing()
    {
        QFETCH(ExportFormat, format);
        m_kept->keep(Hall, kept(1, 3) + kept(8, 9) + kept(11, 11), Position{Epoch, 11});
        QCOMPARE(runStore(format), QString());
        const QByteArray all = written();
        QVERIFY(all.contains(m_missing.toUtf8()) && !m_missing.isEmpty());
        QCOMPARE(all.count("Messages are missing here"), 2);
        const auto hole = all.indexOf("Messages are missing here");
        QVERIFY(all.indexOf("text 3") < hole && hole < all.indexOf("text 8"));
    }

    void whereItBeginsIsSaid()
    {
        m_kept->keep(Hall, kept(5, 9), Position{Epoch, 9});
        QCOMPARE(runStore(), QString());
        QCOMPARE(runs(), u"5-9"_s);
        QCOMPARE(m_missing, u"What was said before 14/11/2023 22:13 is not in it."_s);
    }

    void whatIsOfBeforeTheRoomBeganAnewIsSaid()
    {
        m_kept->keep(Hall, kept(1, 9, u"e-0"_s), Position{u"e-0"_s, 9});
        m_kept->keep(Hall, kept(1, 9), Position{Epoch, 9});
        QCOMPARE(runStore(), QString());
        QCOMPARE(runs(), u"1-9"_s);
        QVERIFY2(m_missing.contains(u"is not in it"_s), qPrintable(m_missing));
    }
};

PARLOUR_TEST(RoomExportTroubleTest)
#include "tst_room_export_trouble.moc"
