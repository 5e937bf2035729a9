// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/error_words.h"
#include "support/runner.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QObject>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

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

/// The Russian catalogue, as it stands in the sources; one context of it.
class Russian : public QTranslator
{
public:
    explicit Russian(const QString &context)
    {
        QFile file(QStringLiteral(TEST_SOURCE_DIR "/../../resources/i18n/parlour_ru.ts"));
        if (!file.open(QIODevice::ReadOnly))
            return;
        QXmlStreamReader xml(&file);
        QString name;
        QString source;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == "name"_L1)
                name = xml.readElementText();
            else if (xml.name() == "source"_L1)
                source = xml.readElementText();
            else if (xml.name() == "translation"_L1 && name == context)
                m_words.insert(source, xml.readElementText());
        }
    }

    QString translate(const char *, const char *source, const char *, int) const override
    {
        return m_words.value(QString::fromUtf8(source));
    }
    bool isEmpty() const override { return m_words.isEmpty(); }

private:
    QHash<QString, QString> m_words;
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

    void whyNothingWasKeptIsSaid_data()
    {
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("russian");
        QTest::newRow("the disk is full") << u"disk_full"_s << u"нет места"_s;
        QTest::newRow("locked by another program") << u"locked"_s << u"другой программой"_s;
        QTest::newRow("not writable") << u"read_only"_s << u"запрещено записывать"_s;
        QTest::newRow("damaged") << u"corrupt"_s << u"повреждена"_s;
        QTest::newRow("the disk does not keep up") << u"too_slow"_s << u"не успевает"_s;
        QTest::newRow("the room was closed") << u"closed"_s << u"комната закрыта"_s;
        QTest::newRow("something else") << u"unreadable"_s << u"не может прочитать"_s;
        QTest::newRow("a cause of the future") << u"flooded"_s << u"не смог сохранить"_s;
        QTest::newRow("a host that names none") << QString() << u"не смог сохранить"_s;
    }

    void whyNothingWasKeptIsSaid()
    {
        QFETCH(QString, cause);
        QFETCH(QString, russian);
        const QString english = u"It could not be kept: the host says why."_s;
        const ErrorFrame error{u"not_logged"_s, english, u"x"_s, u"id"_s, 0, cause};
        QCOMPARE(inOurWords(error).message, english);
        Russian language(u"parlour::client::ErrorWords"_s);
        QVERIFY(QCoreApplication::installTranslator(&language));
        const QString said = inOurWords(error).message;
        QVERIFY2(said.contains(russian), qPrintable(said));
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
