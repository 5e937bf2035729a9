// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using namespace parlour::tests;

/// Who is the owner of a host, and for how long.
class OwnerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theOwnersTokenMakesTheOwner();
    void theRoleGoesWithTheOwnersLastConnection();
};

void OwnerTest::theOwnersTokenMakesTheOwner()
{
    ChatHost host;
    V1Client owner(host, u"/ws/parlour/"_s, ownerHeaders());
    QCOMPARE(owner.hello(u"Olga"_s).person.role, u"owner"_s);
    V1Client other(host);
    QCOMPARE(other.hello(u"Ann"_s).person.role, u"member"_s);
}

void OwnerTest::theRoleGoesWithTheOwnersLastConnection()
{
    ChatHost host;
    V1Client plain(host);
    const QString token = plain.hello(u"Olga"_s).token;
    plain.join();
    V1Client guest(host);
    guest.hello(u"Gus"_s);
    guest.join();
    plain.drain();
    {
        V1Client second(host, u"/ws/parlour/"_s, ownerHeaders());
        QCOMPARE(second.hello(u"Olga"_s, token).person.role, u"owner"_s);
        QCOMPARE(plain.next<RenamedFrame>().person.role, u"owner"_s);
        QCOMPARE(guest.next<MembersFrame>().changed.value(0).role, u"owner"_s);
        plain.drain();
        V1Client third(host, u"/ws/parlour/"_s, ownerHeaders());
        third.hello(u"Olga"_s, token);
        third.socket.disconnect();
        QVERIFY(plain.socket.receivesNothing());
    }
    QCOMPARE(plain.next<RenamedFrame>().person.role, u"member"_s);
    QCOMPARE(guest.next<MembersFrame>().changed.value(0).role, u"member"_s);
}

PARLOUR_TEST(OwnerTest)
#include "tst_owner.moc"
