// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/typing_people.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using parlour::chat::PersonTypingFrame;
using parlour::models::TypingPeople;

namespace {

PersonTypingFrame frame(const QString &name, bool isTyping = true)
{
    return {u"hall"_s, {u"p-"_s + name, name}, isTyping};
}

} // namespace

class TypingPeopleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesStandInTheOrderInWhichTheyBegan()
    {
        TypingPeople people;
        const QSignalSpy changed(&people, &TypingPeople::changed);
        people.apply(frame(u"Marek"_s));
        people.apply(frame(u"Ирина"_s));
        people.apply(frame(u"Marek"_s));
        QCOMPARE(people.names(), (QStringList{u"Marek"_s, u"Ирина"_s}));
        QCOMPARE(changed.size(), 2);
        people.apply(frame(u"Marek"_s, false));
        people.forget(u"p-nobody"_s);
        QCOMPARE(people.names(), QStringList{u"Ирина"_s});
        people.clear();
        QCOMPARE(changed.size(), 4);
    }

    void whoIsNotMentionedAgainIsForgotten()
    {
        TypingPeople people(nullptr, 30ms);
        people.apply(frame(u"Marek"_s));
        people.apply(frame(u"Ирина"_s));
        QTRY_VERIFY_WITH_TIMEOUT(people.names().isEmpty(), 20000);
    }

    void areBounded()
    {
        TypingPeople people;
        for (int n = 0; n < TypingPeople::MaxPeople + 5; ++n)
            people.apply(frame(QString::number(n)));
        QCOMPARE(people.names().size(), TypingPeople::MaxPeople);
    }
};

PARLOUR_TEST(TypingPeopleTest)
#include "tst_typing_people.moc"
