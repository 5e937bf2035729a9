// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/error_words.h"
#include "support/runner.h"

#include <QCoreApplication>
#include <QObject>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;
using parlour::chat::ErrorFrame;
using parlour::client::inOurWords;

namespace {

/// A language in which everything is called the same.
class OneWord : public QTranslator
{
public:
    QString translate(const char *, const char *, const char *, int) const override
    {
        return u"Слово."_s;
    }
    bool isEmpty() const override { return false; }
};

} // namespace

class ErrorWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHostsWordsStayWithoutATranslation()
    {
        const ErrorFrame error{u"bad_name"_s, u"A name has at most 40 characters."_s, {}, {}, 0};
        QCOMPARE(inOurWords(error).message, error.message);
    }

    void aKnownCodeIsSaidInTheLanguageOfThePerson()
    {
        OneWord language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        const ErrorFrame said =
            inOurWords({u"room_exists"_s, u"There is a room \"x\" already."_s, u"x"_s, u"id"_s, 5});
        QCOMPARE(said.message, u"Слово."_s);
        QCOMPARE(said.room, u"x"_s);
        QCOMPARE(said.id, u"id"_s);
        QCOMPARE(said.retryMs, 5);
    }

    void anUnknownCodeKeepsTheHostsWords()
    {
        OneWord language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        const ErrorFrame error{u"of_the_future"_s, u"Something new."_s, {}, {}, 0};
        QCOMPARE(inOurWords(error).message, error.message);
    }
};

PARLOUR_TEST(ErrorWordsTest)
#include "tst_error_words.moc"
