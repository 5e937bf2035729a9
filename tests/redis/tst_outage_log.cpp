// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/outage_log.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using parlour::redis::OutageLog;

namespace {

QStringList said; // NOLINT: a message handler takes nothing with it

void note(QtMsgType, const QMessageLogContext &, const QString &message)
{
    said.append(message);
}

} // namespace

class OutageLogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        said.clear();
        m_before = qInstallMessageHandler(note);
    }
    void cleanup() { qInstallMessageHandler(m_before); }

    void anOutageIsToldOnce();
    void everyProblemOfAnOutageIsToldOnce();
    void serversAreToldApart();
    void whatEndsWhileAwayHoldsNothingUp();

private:
    QtMessageHandler m_before = nullptr;
};

void OutageLogTest::anOutageIsToldOnce()
{
    OutageLog one(u"redis://a"_s);
    OutageLog two(u"redis://a"_s);
    for (int outage = 0; outage < 2; ++outage) {
        one.up();
        two.up();
        one.away(u"gone"_s);
        two.away(u"gone"_s);
        one.away(u"gone"_s);
    }
    const QStringList each{u"redis://a is connected"_s, u"redis://a is away: gone"_s};
    QCOMPARE(said, each + each);
}

void OutageLogTest::everyProblemOfAnOutageIsToldOnce()
{
    OutageLog one(u"redis://a"_s);
    OutageLog two(u"redis://a"_s);
    one.away(u"ended"_s);
    one.away(u"refused"_s);
    two.away(u"ended"_s);
    two.away(u"refused"_s);
    one.up(); // the other is still away
    QCOMPARE(said, (QStringList{u"redis://a is away: ended"_s, u"redis://a is away: refused"_s}));
    for (int i = 0; i < 100; ++i)
        one.away(QString::number(i));
    QCOMPARE(said.size(), 20);
}

void OutageLogTest::serversAreToldApart()
{
    OutageLog one(u"redis://a"_s);
    OutageLog two(u"redis://b"_s);
    one.away(u"gone"_s);
    two.up();
    two.away(u"gone"_s);
    QCOMPARE(said.size(), 3);
}

void OutageLogTest::whatEndsWhileAwayHoldsNothingUp()
{
    OutageLog one(u"redis://a"_s);
    one.away(u"gone"_s);
    {
        OutageLog two(u"redis://a"_s);
        two.away(u"gone"_s);
    }
    one.up();
    QCOMPARE(said.constLast(), u"redis://a is connected"_s);
}

PARLOUR_TEST(OutageLogTest)
#include "tst_outage_log.moc"
