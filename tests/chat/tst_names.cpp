// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/names.h"
#include "chat/person_names.h"
#include "chat/room_names.h"
#include "chat/token_store.h"
#include "support/runner.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

/// What rooms and people may be called.
class NamesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roomTitles_data();
    void roomTitles();
    void groupsOfRooms_data();
    void groupsOfRooms();
    void personNames_data();
    void personNames();
    void namesBesideEachOther_data();
    void namesBesideEachOther();
    void aReleasedNameIsFree();
    void manyOfOneNameAllGetIn();
    void tokensAreForgottenLeastRecentlyUsedFirst();
};

void NamesTest::roomTitles_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("kept"); // empty: refused
    const auto good = [](const char *name, const QString &title) {
        QTest::newRow(name) << title << title;
    };
    const auto bad = [](const char *name, const QString &title) {
        QTest::newRow(name) << title << QString();
    };
    good("one letter", u"a"_s);
    good("case is kept", u"Lobby"_s);
    good("Russian", u"кухня"_s);
    good("a space inside", u"the attic"_s);
    good("emoji", u"\U0001F44B"_s);
    good("three dots", u"..."_s);
    good("markup", u"<b>&'\""_s);
    good("200 letters", QString(200, u'x'));
    good("200 emoji", QString(u"\U0001F44B"_s).repeated(200));
    QTest::newRow("composed") << u"cafe\u0301"_s << u"caf\u00e9"_s;
    bad("empty", {});
    bad("201 letters", QString(201, u'x'));
    bad("a megabyte", QString(1024 * 1024, u'x'));
    bad("a slash", u"a/b"_s);
    bad("a backslash", u"a\\b"_s);
    bad("a dot", u"."_s);
    bad("two dots", u".."_s);
    bad("a space in front", u" a"_s);
    bad("a space behind", u"a "_s);
    bad("a no-break space behind", u"a\u00a0"_s);
    bad("a line feed", u"a\nb"_s);
    bad("a zero", u"a"_s + QChar(0) + u'b');
    bad("delete", u"a\u007fb"_s);
    bad("a line separator", u"a\u2028b"_s);
    bad("right-to-left override", u"a\u202eb"_s);
    bad("an isolate", u"a\u2066b"_s);
    bad("an Arabic letter mark", u"a\u061cb"_s);
    bad("an empty Braille pattern", u"\u2800"_s);
    bad("only a tag", u"\U000E0041"_s);
    bad("fillers with a space", u"\u3164 \u115f"_s);
    good("a filler inside", u"a\u2800b"_s);
    bad("half a character", u"a"_s + QChar(0xD83D));
}

void NamesTest::roomTitles()
{
    QFETCH(QString, title);
    QFETCH(QString, kept);
    const auto checked = checkRoomTitle(title);
    QCOMPARE(bool(checked), !kept.isEmpty());
    if (checked) {
        QCOMPARE(*checked, kept);
    } else {
        QCOMPARE(checked.error().code, u"bad_room"_s);
        QVERIFY(!checked.error().message.isEmpty());
    }
}

void NamesTest::groupsOfRooms_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("group");
    QTest::newRow("as Django's") << u"lobby"_s << u"chat_lobby"_s;
    QTest::newRow("dots and dashes") << u"a-b.c_d9"_s << u"chat_a-b.c_d9"_s;
    QTest::newRow("the longest") << QString(94, u'x') << u"chat_"_s + QString(94, u'x');
    // Python: base64.b32encode(hashlib.sha256(title.encode()).digest()).decode().rstrip("=")
    QTest::newRow("a space")
        << u"the attic"_s << u"parlour.room.UZ3KMNPQ6IB5LTVUYNQTOCNYGD7YCN475U72HCQGUKWAOLHFFQMQ"_s;
    QTest::newRow("Russian")
        << u"кухня"_s << u"parlour.room.A7CHGCJQM7I65VEEOJU4BCPRQWM3WIWZIS4Z3PR4AMEIFFXVYKRA"_s;
}

void NamesTest::groupsOfRooms()
{
    QFETCH(QString, title);
    QFETCH(QString, group);
    QCOMPARE(roomGroup(title), group);
    QVERIFY(parlour::channels::isGroupName(group));
    QVERIFY(roomGroup(QString(95, u'x')).startsWith(u"parlour.room."_s));
}

void NamesTest::personNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kept"); // empty: refused
    const auto kept = [](const char *name, const QString &same) {
        QTest::newRow(name) << same << same;
    };
    QTest::newRow("plain") << u"Ann"_s << u"Ann"_s;
    QTest::newRow("trimmed") << u" \tAnn  "_s << u"Ann"_s;
    QTest::newRow("composed") << u"Zoe\u0308"_s << u"Zo\u00eb"_s;
    QTest::newRow("40 letters") << QString(40, u'ж') << QString(40, u'ж');
    QTest::newRow("emoji with joiners")
        << u"\U0001F468\u200D\U0001F4BB"_s << u"\U0001F468\u200D\U0001F4BB"_s;
    QTest::newRow("41 letters") << QString(41, u'x') << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("spaces") << u"   "_s << QString();
    QTest::newRow("nothing to see") << u"\u200b\u2060"_s << QString();
    QTest::newRow("an empty Braille pattern") << u"\u2800"_s << QString();
    QTest::newRow("only a tag") << u"\U000E0041"_s << QString();
    QTest::newRow("a variation selector") << u"\U000E0100\ufe0f"_s << QString();
    QTest::newRow("Hangul fillers") << u"\u115f\u1160\u3164\uffa0"_s << QString();
    QTest::newRow("a Lisu letter") << u"\ua4eenn"_s << QString();
    QTest::newRow("a Cherokee letter") << u"\u13aann"_s << QString();
    QTest::newRow("a Cyrillic letter") << u"m\u0430x"_s << QString();
    QTest::newRow("Greek and Cyrillic") << u"\u03b1\u0431"_s << QString();
    QTest::newRow("kana in a Hangul word") << u"\u30ab\uac00"_s << QString();
    kept("two alphabets in two words", u"Анна Smith"_s);
    kept("digits and marks", u"Анна_2 (QA)!"_s);
    kept("Japanese", u"山田タロウさんT"_s);
    kept("Korean", u"金가나B"_s);
    kept("Arabic with a digit", u"\u0633\u0644\u0645\u06f2"_s);
    kept("Hindi with a joiner", u"\u0915\u094d\u200d\u0937"_s);
    kept("a heart beside a name", u"Ann \u2764\ufe0f"_s);
    QTest::newRow("a line feed inside") << u"a\nb"_s << QString();
    QTest::newRow("turned around") << u"a\u202eb"_s << QString();
    QTest::newRow("a megabyte") << QString(1024 * 1024, u'x') << QString();
}

void NamesTest::personNames()
{
    QFETCH(QString, name);
    QFETCH(QString, kept);
    const auto checked = checkPersonName(name);
    QCOMPARE(checked ? *checked : QString(), kept);
    if (!checked)
        QCOMPARE(checked.error().code, u"bad_name"_s);
}

void NamesTest::namesBesideEachOther_data()
{
    QTest::addColumn<QString>("present");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("given"); // empty: refused
    QTest::newRow("another") << u"Ann"_s << u"Ben"_s << u"Ben"_s;
    QTest::newRow("the same") << u"Ann"_s << u"Ann"_s << u"Ann#2"_s;
    QTest::newRow("the same in Russian") << u"Анна"_s << u"Анна"_s << u"Анна#2"_s;
    QTest::newRow("a number's own name") << u"Ann#2"_s << u"Ann#2"_s << u"Ann#2#2"_s;
    QTest::newRow("other case") << u"Ann"_s << u"ANN"_s << u"ANN"_s;
    QTest::newRow("Cyrillic letters") << u"Paco"_s << u"Р\u0430со"_s << QString();
    QTest::newRow("one Cyrillic letter") << u"admin"_s << u"\u0430dmin"_s << QString();
    QTest::newRow("one Greek letter") << u"Tom"_s << u"T\u03bfm"_s << QString();
    QTest::newRow("zero width") << u"Ann"_s << u"A\u200bnn"_s << QString();
    QTest::newRow("soft hyphen") << u"Ann"_s << u"A\u00adnn"_s << QString();
    QTest::newRow("full width") << u"Ann"_s << u"\uff21nn"_s << QString();
    QTest::newRow("a tag") << u"Ann"_s << u"Ann\U000E0041"_s << QString();
    QTest::newRow("a variation selector") << u"Ann"_s << u"A\U000E0100nn"_s << QString();
    QTest::newRow("an empty Braille pattern") << u"Ann"_s << u"Ann\u2800"_s << QString();
    QTest::newRow("a joiner before an accent")
        << u"Zo\u00eb"_s << u"Zoe\u034f\u0308"_s << QString();
    QTest::newRow("a Cyrillic letter with an accent")
        << u"S\u00efx"_s << u"S\u0457x"_s << QString();
    QTest::newRow("another emoji")
        << u"Ann\U0001F468"_s << u"Ann\U0001F469"_s << u"Ann\U0001F469"_s;
    QTest::newRow("two spaces") << u"Ann B"_s << u"Ann  B"_s << QString();
}

void NamesTest::namesBesideEachOther()
{
    QFETCH(QString, present);
    QFETCH(QString, wanted);
    QFETCH(QString, given);
    NameRegister names;
    QCOMPARE(names.take(present).valueOr({}), present);
    const auto taken = names.take(wanted);
    QCOMPARE(taken ? *taken : QString(), given);
    if (!taken)
        QVERIFY(taken.error().message.contains(present));
}

void NamesTest::aReleasedNameIsFree()
{
    NameRegister names;
    QVERIFY(names.take(u"Ann"_s));
    names.release(u"Ann"_s);
    QCOMPARE(names.take(u"\u0410nn"_s).valueOr({}), u"\u0410nn"_s);
}

void NamesTest::manyOfOneNameAllGetIn()
{
    NameRegister names;
    QSet<QString> given;
    for (int i = 0; i < 3000; ++i)
        given.insert(names.take(u"Ann"_s).valueOr({}));
    QCOMPARE(given.size(), 3000);
}

void NamesTest::tokensAreForgottenLeastRecentlyUsedFirst()
{
    EphemeralHouseStore store;
    TokenStore tokens(2, store);
    const QString one = tokens.issue(u"1"_s);
    const QString two = tokens.issue(u"2"_s);
    QVERIFY(one != two);
    QCOMPARE(QByteArray::fromBase64(one.toLatin1(), QByteArray::Base64UrlEncoding).size(), 32);
    QCOMPARE(tokens.personOf(one), u"1"_s);
    const QString three = tokens.issue(u"3"_s);
    QCOMPARE(tokens.personOf(two), QString());
    QCOMPARE(tokens.personOf(one), u"1"_s);
    QCOMPARE(tokens.personOf(three), u"3"_s);
    QCOMPARE(tokens.personOf({}), QString());
}

PARLOUR_TEST(NamesTest)
#include "tst_names.moc"
