// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/close_codes.h"
#include "chat/key_proof.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using namespace parlour::tests;
using parlour::channels::Application;
using parlour::channels::Scope;
using parlour::channels::Send;

namespace {

const QByteArray HostFingerprint(KeySizes::Fingerprint, 'f');

QByteArray keyOf(char who)
{
    return QByteArray(KeySizes::PublicKey, who);
}

/// In place of Ed25519: whoever knows the key can sign.
QByteArray signatureOf(const QByteArray &key, const QByteArray &message)
{
    return QCryptographicHash::hash(key + message, QCryptographicHash::Sha512);
}

ChatOptions withKeys()
{
    ChatOptions options;
    options.verifyKey = [](const QByteArray &key, const QByteArray &message,
                           const QByteArray &signature) {
        return signature == signatureOf(key, message);
    };
    return options;
}

Application overTls(const Application &application, bool isProxied = false)
{
    return [application, isProxied](Scope scope, const Send &send) {
        scope.secure = true;
        scope.proxied = isProxied;
        return application(scope, send);
    };
}

ChallengeFrame challengeOf(V1Client &client, const QString &name, const QByteArray &key,
                           const QString &token = {})
{
    client.send(HelloFrame{name, token, u"app"_s, key});
    return client.next<ChallengeFrame>();
}

ProofFrame proofOf(const QByteArray &key, const ChallengeFrame &challenge)
{
    return {signatureOf(key, proofMessage(challenge.nonce, challenge.fingerprint))};
}

WelcomeFrame enter(V1Client &client, const QString &name, const QByteArray &key,
                   const QString &token = {})
{
    client.send(proofOf(key, challengeOf(client, name, key, token)));
    return client.next<WelcomeFrame>();
}

} // namespace

/// Persons whom a host knows by the key of their app.
class PeopleByKeyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoProvesAKeyIsWelcome();
    void aKeyIsTheSamePersonAfterARestart();
    void severalConnectionsOfAKeyAreOnePerson();
    void aWrongSignatureIsRefused_data();
    void aWrongSignatureIsRefused();
    void aProofHoldsForOneChallenge();
    void overTlsTheHostsKeyIsSigned();
    void aTokenBesideAKeyCountsForNothing();
    void framesOutOfTurnAreRefused_data();
    void framesOutOfTurnAreRefused();
    void damagedKeysAreBadFrames_data();
    void damagedKeysAreBadFrames();
    void withoutAProofTheTimeRunsOut();
    void namesHoldBetweenKeysAndTokens();
    void aHostWithoutAVerifierLetsNoKeyIn();
};

void PeopleByKeyTest::whoProvesAKeyIsWelcome()
{
    ChatHost host(withKeys());
    V1Client ann(host);
    const auto challenge = challengeOf(ann, u"Ann"_s, keyOf('a'));
    QCOMPARE(challenge.nonce.size(), KeySizes::Nonce);
    QCOMPARE(challenge.fingerprint, QByteArray());
    QCOMPARE(host.house.people().count(), 0);

    ann.send(proofOf(keyOf('a'), challenge));
    const auto welcome = ann.next<WelcomeFrame>();
    QCOMPARE(welcome.person, (Person{personIdOfKey(keyOf('a')), u"Ann"_s, u"member"_s, u"app"_s}));
    QVERIFY2(welcome.token.isEmpty(), "a token would do instead of the key");
    ann.join();
    ann.say(u"hello"_s);
    QCOMPARE(ann.next<MessageFrame>().message.sender.id, welcome.person.id);
}

void PeopleByKeyTest::aKeyIsTheSamePersonAfterARestart()
{
    QStringList ids;
    for (const char who : {'a', 'a', 'b'}) {
        ChatHost host(withKeys());
        V1Client client(host);
        ids.append(enter(client, u"Ann"_s, keyOf(who)).person.id);
    }
    QCOMPARE(ids.at(0), ids.at(1));
    QVERIFY(ids.at(0) != ids.at(2));
    // Python: "p-" + hashlib.sha256(b"a" * 32).hexdigest()[:32]
    QCOMPARE(ids.at(0), u"p-3ba3f5f43b92602683c19aee62a20342"_s);
}

void PeopleByKeyTest::severalConnectionsOfAKeyAreOnePerson()
{
    ChatHost host(withKeys());
    V1Client phone(host);
    V1Client laptop(host);
    const Person person = enter(phone, u"Ann"_s, keyOf('a')).person;
    QCOMPARE(enter(laptop, u"Ann"_s, keyOf('a')).person, person);
    QCOMPARE(host.house.people().count(), 1);
}

void PeopleByKeyTest::aWrongSignatureIsRefused_data()
{
    QTest::addColumn<QByteArray>("signer");
    QTest::addColumn<QByteArray>("nonce"); // empty: the one that was given
    QTest::addColumn<QByteArray>("fingerprint");
    QTest::newRow("of another key") << keyOf('b') << QByteArray() << QByteArray();
    QTest::newRow("over another nonce")
        << keyOf('a') << QByteArray(KeySizes::Nonce, 'n') << QByteArray();
    QTest::newRow("for a host with a key") << keyOf('a') << QByteArray() << HostFingerprint;
}

void PeopleByKeyTest::aWrongSignatureIsRefused()
{
    QFETCH(QByteArray, signer);
    QFETCH(QByteArray, nonce);
    QFETCH(QByteArray, fingerprint);
    ChatHost host(withKeys());
    V1Client eve(host);
    const auto challenge = challengeOf(eve, u"Ann"_s, keyOf('a'));
    const QByteArray message = proofMessage(nonce.isEmpty() ? challenge.nonce : nonce, fingerprint);
    eve.send(ProofFrame{signatureOf(signer, message)});
    QCOMPARE(eve.next<ErrorFrame>().code, u"bad_proof"_s);
    QCOMPARE(eve.closeCode(), close_code::ProofRefused);
    QCOMPARE(host.house.people().count(), 0);
}

void PeopleByKeyTest::aProofHoldsForOneChallenge()
{
    ChatHost host(withKeys());
    V1Client ann(host);
    const auto challenge = challengeOf(ann, u"Ann"_s, keyOf('a'));
    const auto proof = proofOf(keyOf('a'), challenge);
    ann.send(proof);
    QCOMPARE(ann.next<WelcomeFrame>().person.name, u"Ann"_s);
    ann.send(proof);
    QCOMPARE(ann.next<ErrorFrame>().code, u"hello_first"_s);

    V1Client eve(host); // who has heard it all
    QVERIFY(challengeOf(eve, u"Ann"_s, keyOf('a')).nonce != challenge.nonce);
    eve.send(proof);
    QCOMPARE(eve.next<ErrorFrame>().code, u"bad_proof"_s);
    QCOMPARE(eve.closeCode(), close_code::ProofRefused);
}

void PeopleByKeyTest::overTlsTheHostsKeyIsSigned()
{
    ChatHost host(withKeys());
    host.house.setKeyFingerprint(HostFingerprint);
    V1Client plain(host);
    QCOMPARE(challengeOf(plain, u"Ann"_s, keyOf('a')).fingerprint, QByteArray());

    const Application direct = host.application;
    host.application = overTls(direct, true);
    V1Client behindProxy(host);
    QCOMPARE(challengeOf(behindProxy, u"Zoe"_s, keyOf('z')).fingerprint, QByteArray());

    host.application = overTls(direct);
    V1Client ann(host);
    QCOMPARE(challengeOf(ann, u"Ann"_s, keyOf('a')).fingerprint, HostFingerprint);
    V1Client ben(host);
    QCOMPARE(enter(ben, u"Ben"_s, keyOf('b')).person.name, u"Ben"_s);
    V1Client eve(host);
    auto challenge = challengeOf(eve, u"Eve"_s, keyOf('e'));
    challenge.fingerprint.clear();
    eve.send(proofOf(keyOf('e'), challenge));
    QCOMPARE(eve.next<ErrorFrame>().code, u"bad_proof"_s);
}

void PeopleByKeyTest::aTokenBesideAKeyCountsForNothing()
{
    ChatHost host(withKeys());
    V1Client ann(host);
    const auto welcome = ann.hello(u"Ann"_s);
    V1Client ben(host);
    const auto other = enter(ben, u"Ben"_s, keyOf('b'), welcome.token);
    QCOMPARE(other.person.id, personIdOfKey(keyOf('b')));
    QCOMPARE(host.house.people().count(), 2);
}

void PeopleByKeyTest::framesOutOfTurnAreRefused_data()
{
    QTest::addColumn<bool>("isChallenged");
    QTest::addColumn<QByteArray>("frame");
    const QByteArray hello = encode(ClientFrame{HelloFrame{u"Ann"_s, {}, {}, keyOf('a')}});
    const QByteArray proof = encode(ClientFrame{ProofFrame{QByteArray(64, 's')}});
    const QByteArray join = encode(ClientFrame{JoinFrame{u"general"_s}});
    QTest::newRow("a proof before the hello") << false << proof;
    QTest::newRow("a join before the hello") << false << join;
    QTest::newRow("a second hello before the proof") << true << hello;
    QTest::newRow("a hello without a key before the proof")
        << true << encode(ClientFrame{HelloFrame{u"Ann"_s, {}, {}, {}}});
    QTest::newRow("a join before the proof") << true << join;
}

void PeopleByKeyTest::framesOutOfTurnAreRefused()
{
    QFETCH(bool, isChallenged);
    QFETCH(QByteArray, frame);
    ChatHost host(withKeys());
    V1Client ann(host);
    ChallengeFrame challenge;
    if (isChallenged)
        challenge = challengeOf(ann, u"Ann"_s, keyOf('a'));
    ann.socket.sendText(frame);
    QCOMPARE(ann.next<ErrorFrame>().code, u"hello_first"_s);
    ann.socket.sendText(R"({"type":"of the future"})"); // ignored in every state
    QVERIFY(ann.socket.receivesNothing());
    if (isChallenged)
        ann.send(proofOf(keyOf('a'), challenge));
    else
        enter(ann, u"Ann"_s, keyOf('a'));
    QCOMPARE(host.house.people().count(), 1);
}

void PeopleByKeyTest::damagedKeysAreBadFrames_data()
{
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char *name, const QByteArray &key) {
        QTest::newRow(name) << R"({"type":"hello","name":"Ann","key":")" + key + "\"}";
    };
    row("too short", QByteArray(31, 'k').toBase64());
    row("too long", QByteArray(33, 'k').toBase64());
    row("other letters", QByteArray(42, '+') + '_');
    row("empty", {});
    QTest::newRow("a number") << QByteArray(R"({"type":"hello","name":"Ann","key":7})");
    QTest::newRow("a signature too short") << QByteArray(R"({"type":"proof","signature":"AAAA"})");
    QTest::newRow("no signature") << QByteArray(R"({"type":"proof"})");
}

void PeopleByKeyTest::damagedKeysAreBadFrames()
{
    QFETCH(QByteArray, frame);
    ChatHost host(withKeys());
    V1Client ann(host);
    ann.socket.sendText(frame);
    const auto error = ann.next<ErrorFrame>();
    QCOMPARE(error.code, u"bad_frame"_s);
    QVERIFY2(error.message.contains(u"key"_s) || error.message.contains(u"signature"_s),
             qPrintable(error.message));
    QCOMPARE(enter(ann, u"Ann"_s, keyOf('a')).person.name, u"Ann"_s);
}

void PeopleByKeyTest::withoutAProofTheTimeRunsOut()
{
    auto options = withKeys();
    options.helloTimeout = std::chrono::milliseconds(50);
    ChatHost host(options);
    V1Client ann(host);
    QCOMPARE(challengeOf(ann, u"Ann"_s, keyOf('a')).nonce.size(), KeySizes::Nonce);
    const auto close = ann.socket.receiveClose();
    QVERIFY(close);
    QCOMPARE(close->code, close_code::HelloTimeout);
    QVERIFY2(close->reason.contains("proof"_L1), qPrintable(close->reason));
}

void PeopleByKeyTest::namesHoldBetweenKeysAndTokens()
{
    ChatHost host(withKeys());
    V1Client ann(host);
    V1Client other(host);
    V1Client browser(host);
    V1Client lookAlike(host);
    QCOMPARE(enter(ann, u"Ann"_s, keyOf('a')).person.name, u"Ann"_s);
    QCOMPARE(enter(other, u"Ann"_s, keyOf('b')).person.name, u"Ann#2"_s);
    QCOMPARE(browser.hello(u"Ann"_s, {}, u"browser"_s).person.name, u"Ann#3"_s);
    const auto challenge = challengeOf(lookAlike, u"\u0410nn"_s, keyOf('c')); // a Cyrillic A
    lookAlike.send(proofOf(keyOf('c'), challenge));
    QCOMPARE(lookAlike.next<ErrorFrame>().code, u"bad_name"_s);
    QCOMPARE(lookAlike.closeCode(), close_code::HelloRefused);
}

void PeopleByKeyTest::aHostWithoutAVerifierLetsNoKeyIn()
{
    ChatHost host;
    V1Client ann(host);
    ann.send(proofOf(keyOf('a'), challengeOf(ann, u"Ann"_s, keyOf('a'))));
    QCOMPARE(ann.next<ErrorFrame>().code, u"bad_proof"_s);
    QCOMPARE(ann.closeCode(), close_code::ProofRefused);
}

PARLOUR_TEST(PeopleByKeyTest)
#include "tst_people_by_key.moc"
