// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/message.h"
#include "channels/vectors.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

class MessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesTypesWithHandlersAsChannelsDoes_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("handler"); // null: Channels refuses it
        int row = 0;
        const auto cases =
            parlour::tests::vectors(u"names"_s)["event_type_to_handler"_L1].toArray();
        for (const auto &value : cases) {
            const auto object = value.toObject();
            const auto handler = object["handler"_L1];
            // A Message's type is a string. What has another, or none, is one without a type; where
            // it comes over a layer, its codec refuses it.
            const QString type =
                object["type"_L1] == "<absent>"_L1 ? QString() : object["type"_L1].toString();
            QTest::addRow("%d %s", row++,
                          QJsonDocument(object).toJson(QJsonDocument::Compact).left(60).constData())
                << type << (handler.isString() ? handler.toString().toUtf8() : QByteArray());
        }
        QCOMPARE(row, 20);
    }

    void matchesTypesWithHandlersAsChannelsDoes()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, handler);
        static const parlour::tests::Differences differences{
            {u"websocket.connect"_s, "a layer may not pretend to be the server"},
            {QString(), "a message without a type has no handler"},
        };
        const char *why = differences.value(type);
        QCOMPARE(isForgedType(type), handler.isNull() || why);
        const bool isAscii =
            std::all_of(type.begin(), type.end(), [](QChar c) { return c.unicode() < 128; });
        if (!handler.isEmpty() && isAscii)
            QVERIFY(sameHandlerName(type, QLatin1StringView(handler)));
        QVERIFY(!sameHandlerName(type, "other_handler"_L1));
    }

    void theServersOwnTypesAreForgedHoweverTheyAreWritten()
    {
        for (const auto &type : {u"websocket.receive"_s, u"websocket_receive"_s, u"http.request"_s,
                                 u"http_request"_s, u".chat"_s, u"_chat"_s, QString()})
            QVERIFY2(isForgedType(type), qPrintable(type));
        for (const auto &type : {u"chat.message"_s, u"websocketish"_s, u"https.thing"_s})
            QVERIFY2(!isForgedType(type), qPrintable(type));
    }

    void aDeferredBodyIsMadeWhenSomebodyAsks()
    {
        int made = 0;
        const auto message = Message::deferred(u"chat.message"_s, [&] {
            ++made;
            return QVariantMap{{u"n"_s, made}};
        });
        const Message copy = message; // NOLINT(performance-unnecessary-copy-initialization)
        QCOMPARE(made, 0);
        QCOMPARE(copy.value(u"n"_s).toInt(), 1);
        QCOMPARE(message.body(), (QVariantMap{{u"n"_s, 1}}));
        QCOMPARE(made, 1);
    }

    void aReadingIsMadeOnceForAllCopies()
    {
        const Message message(u"chat.message"_s, {{u"n"_s, 1}});
        const Message copy = message; // NOLINT(performance-unnecessary-copy-initialization)
        int made = 0;
        const auto read = [&](const Message &asked) {
            ++made;
            return asked.value(u"n"_s).toInt();
        };
        QCOMPARE(message.reading<int>(read), 1);
        QCOMPARE(&copy.reading<int>(read), &message.reading<int>(read));
        QCOMPARE(made, 1);
        QCOMPARE(copy.reading<QString>([](const Message &) { return u"other"_s; }), u"other"_s);
    }

    void anEncodingIsMadeOnceForAllCopies()
    {
        const Message message(u"chat.message"_s, {{u"n"_s, 1}});
        const Message copy = message; // NOLINT(performance-unnecessary-copy-initialization)
        int made = 0;
        const auto make = [&](const Message &) {
            ++made;
            return QByteArray("bytes");
        };
        QCOMPARE(message.encoding(0, make), QByteArray("bytes"));
        QCOMPARE(copy.encoding(0, make), QByteArray("bytes"));
        QCOMPARE(copy.encoding(0, make).constData(), message.encoding(0, make).constData());
        QCOMPARE(made, 1);
        QCOMPARE(message.encoding(1, [](const Message &) { return QByteArray("other"); }),
                 QByteArray("other"));
    }

    void anEmptyEncodingIsKeptToo()
    {
        const Message message(u"chat.message"_s);
        int made = 0;
        for (int n = 0; n < 3; ++n) {
            QVERIFY(message
                        .encoding(0,
                                  [&](const Message &) {
                                      ++made;
                                      return QByteArray();
                                  })
                        .isEmpty());
        }
        QCOMPARE(made, 1);
    }
};

PARLOUR_TEST(MessageTest)
#include "tst_message.moc"
