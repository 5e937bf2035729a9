// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/close_codes.h"
#include "client/link_problem.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::chat::LinkState;
using parlour::client::LinkProblem;
namespace close_code = parlour::chat::close_code;

class LinkProblemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCloseCodeIsASentence_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("comesBack");
        QTest::addColumn<int>("seconds"); // -1: the usual delays
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, int code, bool comesBack, int seconds,
                            const QString &says) {
            QTest::newRow(name) << code << comesBack << seconds << says;
        };
        row("stopped", close_code::GoingAway, true, -1, u"The host stopped"_s);
        row("hello refused", close_code::HelloRefused, false, -1, u"WORDS Choose another"_s);
        row("not allowed", close_code::NotAllowed, false, -1, u"does not let you in: WORDS"_s);
        row("full", close_code::HostFull, true, 60, u"full"_s);
        row("too slow", close_code::TooSlow, true, 0, u"catch up"_s);
        row("restarting", close_code::Restarting, true, -1, u"restarting"_s);
        row("try later", close_code::TryLater, true, 30, u"half a minute"_s);
        row("hello too late", close_code::HelloTimeout, true, -1, u"4001"_s);
        row("too much", close_code::PolicyViolation, true, -1, u"too much was sent: WORDS"_s);
        row("too big", close_code::TooBig, true, -1, u"too big"_s);
        row("normal", close_code::Normal, true, -1, u"closed the connection"_s);
        row("broken inside", close_code::InternalError, true, -1, u"1011"_s);
        row("a code of the future", 4077, true, -1, u"4077"_s);
    }

    void aCloseCodeIsASentence()
    {
        QFETCH(int, code);
        QFETCH(int, seconds);
        QFETCH(QString, says);
        const auto problem = LinkProblem::ofClose(code, u"WORDS"_s, u"host:1"_s);
        QTEST(problem.state == LinkState::Waiting, "comesBack");
        QCOMPARE(problem.comeBackIn.has_value(), seconds >= 0);
        if (seconds >= 0)
            QCOMPARE(*problem.comeBackIn, std::chrono::milliseconds(seconds * 1000));
        QVERIFY2(problem.text.contains(says), qPrintable(problem.text));
        QVERIFY2(problem.text.endsWith(u'.'), qPrintable(problem.text));
    }

    void aRefusedHandshakeIsASentence_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("comesBack");
        QTest::addColumn<QString>("says");
        QTest::newRow("no HTTP") << 0 << false << u"no Parlour host"_s;
        QTest::newRow("page") << 200 << false << u"no Parlour host"_s;
        QTest::newRow("redirect") << 302 << false << u"no Parlour host"_s;
        QTest::newRow("unknown Host header") << 400 << false << u"address in numbers"_s;
        QTest::newRow("forbidden") << 403 << false << u"does not let this program in"_s;
        QTest::newRow("no such path") << 404 << false << u"no Parlour host"_s;
        QTest::newRow("too many") << 429 << true << u"too many connections"_s;
        QTest::newRow("proxy alone") << 502 << true << u"not running"_s;
        QTest::newRow("overloaded") << 503 << true << u"full or is stopping"_s;
    }

    void aRefusedHandshakeIsASentence()
    {
        QFETCH(int, status);
        QFETCH(QString, says);
        const auto problem = LinkProblem::ofHandshake(status, u"host:1"_s);
        QTEST(problem.state == LinkState::Waiting, "comesBack");
        QVERIFY2(problem.text.contains(says), qPrintable(problem.text));
        QVERIFY2(problem.text.contains(u"host:1"_s), qPrintable(problem.text));
    }

    void aSocketErrorIsASentence_data()
    {
        QTest::addColumn<QAbstractSocket::SocketError>("error");
        QTest::addColumn<QString>("says");
        QTest::newRow("refused") << QAbstractSocket::ConnectionRefusedError
                                 << u"Nobody is hosting at host:1"_s;
        QTest::newRow("unknown name")
            << QAbstractSocket::HostNotFoundError << u"No computer called"_s;
        QTest::newRow("no route") << QAbstractSocket::NetworkError << u"cannot be reached"_s;
        QTest::newRow("timeout") << QAbstractSocket::SocketTimeoutError << u"does not answer"_s;
        QTest::newRow("cut") << QAbstractSocket::RemoteHostClosedError << u"was lost"_s;
        QTest::newRow("any other") << QAbstractSocket::SocketResourceError << u"DETAIL"_s;
    }

    void aSocketErrorIsASentence()
    {
        QFETCH(QAbstractSocket::SocketError, error);
        QFETCH(QString, says);
        const auto problem = LinkProblem::ofSocket(error, u"host:1"_s, u"DETAIL"_s);
        QCOMPARE(problem.state, LinkState::Waiting);
        QVERIFY2(problem.text.contains(says), qPrintable(problem.text));
    }
};

PARLOUR_TEST(LinkProblemTest)
#include "tst_link_problem.moc"
