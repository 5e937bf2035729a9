// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_reader.h"
#include "channels/testing/waiting.h"
#include "channels/worker.h"
#include "chat/chat_message.h"
#include "chat/frames.h"
#include "chat/monitor_frames.h"
#include "chat/peer_log_messages.h"
#include "chat/plain_message.h"
#include "chat/presence_messages.h"
#include "chat/shared_change.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <functional>
#include <typeinfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::Message;

namespace {

constexpr std::chrono::hours AnyTime{24 * 365 * 50};

QList<QByteArray> examples()
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/../../docs/protocol.md"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> found;
    bool inside = false;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("```")) {
            inside = line == "```json";
            if (inside)
                found.append(QByteArray());
        } else if (inside) {
            found.last() += line + '\n';
        }
    }
    return found;
}

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QString typeOf(const QByteArray &example)
{
    return objectOf(example)["type"_L1].toString();
}

/// Whether `written` says the same, its type first.
bool isSame(const QByteArray &written, const QByteArray &example)
{
    return written.startsWith("{\"type\":") && objectOf(written) == objectOf(example);
}

/// Whether a frame has this example, and which alternative of its variant it is.
template <typename Frame>
std::optional<std::size_t> alternativeOf(const QByteArray &example, const Expected<Frame> &frame)
{
    if (!frame || std::holds_alternative<UnknownFrame>(*frame) || !isSame(encode(*frame), example))
        return std::nullopt;
    return frame->index();
}

/// Names of the alternatives of a variant.
template <typename Variant, std::size_t... Index>
QStringList alternatives(std::index_sequence<Index...>)
{
    return {QString::fromLatin1(typeid(std::variant_alternative_t<Index, Variant>).name())...};
}

/// The alternatives that none of the examples is, in one line; the answer of `find` is one's index.
template <typename Variant>
QString withoutExample(const std::function<std::optional<std::size_t>(const QByteArray &)> &find)
{
    QStringList names =
        alternatives<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>());
    const auto all = examples();
    for (const QByteArray &example : all) {
        if (const auto index = find(example))
            names[qsizetype(*index)].clear();
    }
    names.removeAll(QString());
    return names.join(u' ');
}

// ---- events of a layer ----

Message eventOf(const QByteArray &example)
{
    QVariantMap body = objectOf(example).toVariantMap();
    const QString type = body.take(u"type"_s).toString();
    return Message(type, body);
}

QJsonObject asJson(const Message &event)
{
    QJsonObject object = QJsonObject::fromVariantMap(event.body());
    object.insert(u"type"_s, event.type());
    return object;
}

/// What a host has read of another's chat.message, and would share of it.
Message sharedAgain(const Message &event)
{
    const auto read =
        utteranceOf(event, event.value(u"room"_s).toString(), {1024 * 1024, AnyTime, AnyTime});
    if (!read)
        return {};
    if (hostOf(event).isEmpty()) // Django's: the name and the value are all that there is
        return Message(
            event.type(),
            {{u"message"_s, objectOf("{\"m\":" + read->json + '}').value("m"_L1).toVariant()},
             {u"username"_s, read->sender.name}});
    ChatMessage said{read->room, read->id, u"e"_s, 1, read->sender, read->time, read->text};
    if (!read->reply.isEmpty())
        said.reply = Quote{.id = read->reply};
    return makeSharedMessage(makeChatMessage(said, read->json), hostOf(event),
                             predecessorsOf(event));
}

Message changedAgain(const Message &event)
{
    const auto change = sharedChangeOf(event);
    const auto predecessors = predecessorsOfChange(event);
    return change && predecessors ? makeSharedChange(
               Message(u"chat.changed"_s, changeBody(*change)), change->origin, *predecessors)
                                  : Message();
}

/// The event as it is written by whoever reads it, or one of no type.
Message eventAgain(const Message &event)
{
    if (event.type() == "chat.message"_L1)
        return sharedAgain(event);
    if (event.type() == "parlour.changed"_L1)
        return changedAgain(event);
    if (event.type() == "parlour.typing"_L1) {
        const auto typing = sharedTypingOf(event);
        return typing ? makeSharedTyping(*typing) : Message();
    }
    if (const auto presence = parsePresence(event))
        return encodePresence(*presence);
    const auto log = parsePeerLog(event);
    return log ? encodePeerLog(*log) : Message();
}

bool isEvent(const QString &type)
{
    return type.startsWith("parlour."_L1) || type == "chat.message"_L1;
}

/// What goes to a worker and comes from it: theWorkerAnswersAsItsExamplesSay().
bool isOfWorkers(const QString &type)
{
    return type == "parlour.say"_L1 || type == "parlour.said"_L1 || type == "parlour.refused"_L1;
}

QByteArray exampleOf(const QString &type)
{
    const auto all = examples();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const QByteArray &example) { return typeOf(example) == type; });
    return found == all.end() ? QByteArray() : *found;
}

/// Every name of the shape parlour.xyz that the code of the chat writes, but for those that name
/// no event.
QStringList eventsInTheCode()
{
    static const QSet<QString> others{PresenceGroup, RoomsGroup, PeerLogGroup, u"parlour.export"_s};
    static const QRegularExpression name(u"\"(parlour(?:\\.[a-z]+)+)\""_s);
    QStringList found;
    const QDir folder(QStringLiteral(TEST_SOURCE_DIR "/../../core/chat"));
    for (const QString &entry : folder.entryList({u"*.cpp"_s}, QDir::Files)) {
        QFile file(folder.filePath(entry));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = name.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const QString type = matches.next().captured(1);
            if (!others.contains(type) && !found.contains(type))
                found.append(type);
        }
    }
    return found;
}

} // namespace

/// docs/protocol.md and the code say the same.
class ProtocolDocumentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyExampleIsReadAndWrittenAgain_data();
    void everyExampleIsReadAndWrittenAgain();
    void everyFrameHasAnExample();
    void everyEventBetweenHostsHasAnExample();
    void theWorkerAnswersAsItsExamplesSay();
};

void ProtocolDocumentTest::everyExampleIsReadAndWrittenAgain_data()
{
    QTest::addColumn<QByteArray>("example");
    int number = 0;
    const auto all = examples();
    for (const QByteArray &example : all)
        QTest::addRow("%d %s", ++number, qPrintable(typeOf(example))) << example;
    QVERIFY(number > 60);
}

void ProtocolDocumentTest::everyExampleIsReadAndWrittenAgain()
{
    QFETCH(QByteArray, example);
    const QString type = typeOf(example);
    if (type.isEmpty()) {
        const auto plain = parsePlainMessage(example);
        QVERIFY(plain);
        QCOMPARE(objectOf("{\"message\":" + plain->json + '}'), objectOf(example));
    } else if (isOfWorkers(type)) {
        QVERIFY(!objectOf(example).isEmpty());
    } else if (isEvent(type)) {
        QCOMPARE(asJson(eventAgain(eventOf(example))), objectOf(example));
    } else {
        QVERIFY(alternativeOf(example, parseClientFrame(example))
                || alternativeOf(example, parseServerFrame(example))
                || alternativeOf(example, parseMonitorCommand(example))
                || alternativeOf(example, parseMonitorFeed(example)));
    }
}

void ProtocolDocumentTest::everyFrameHasAnExample()
{
    const QString unknown = QString::fromLatin1(typeid(UnknownFrame).name());
    QCOMPARE(withoutExample<ClientFrame>([](const QByteArray &example) {
                 return alternativeOf(example, parseClientFrame(example));
             }),
             unknown);
    QCOMPARE(withoutExample<ServerFrame>([](const QByteArray &example) {
                 return alternativeOf(example, parseServerFrame(example));
             }),
             unknown);
    QCOMPARE(withoutExample<MonitorCommand>([](const QByteArray &example) {
                 return alternativeOf(example, parseMonitorCommand(example));
             }),
             unknown);
    QCOMPARE(withoutExample<MonitorFeed>([](const QByteArray &example) {
                 return alternativeOf(example, parseMonitorFeed(example));
             }),
             unknown);
}

void ProtocolDocumentTest::everyEventBetweenHostsHasAnExample()
{
    QCOMPARE(withoutExample<PresenceContent>([](const QByteArray &example) {
                 const auto read = parsePresence(eventOf(example));
                 return read ? std::optional(read->content.index()) : std::nullopt;
             }),
             QString());
    QCOMPARE(withoutExample<PeerLogContent>([](const QByteArray &example) {
                 const auto read = parsePeerLog(eventOf(example));
                 return read ? std::optional(read->content.index()) : std::nullopt;
             }),
             QString());
    QStringList kinds;
    const auto all = examples();
    for (const QByteArray &example : all) {
        if (typeOf(example) == "parlour.changed"_L1)
            kinds.append(objectOf(example)["what"_L1].toString());
    }
    for (const auto kind : {Change::Kind::Edit, Change::Kind::Delete, Change::Kind::React})
        QVERIFY2(kinds.contains(nameOf(kind)), qPrintable(nameOf(kind)));
    const QStringList events = eventsInTheCode();
    QVERIFY2(events.size() >= 13, qPrintable(events.join(u' ')));
    for (const QString &type : events + QStringList{u"chat.message"_s})
        QVERIFY2(!exampleOf(type).isEmpty(), qPrintable(type));
    QVERIFY2(typeOf(all.constFirst()).isEmpty(), "the plain message comes first");
}

void ProtocolDocumentTest::theWorkerAnswersAsItsExamplesSay()
{
    channels::InMemoryChannelLayer shared;
    SharingHost host(shared);
    channels::Worker worker(makeWorkerApplication(host.chat.house, host.chat.log, shared), shared);
    QVERIFY(worker.listen(u"builds"_s));
    const Message say = eventOf(exampleOf(u"parlour.say"_s));
    const auto replies =
        channels::ChannelReader::open(shared, say.value(u"reply"_s).toString()).value();
    const auto answerTo = [&](const Message &asked) {
        std::optional<Message> answer;
        (void)shared.send(u"builds"_s, asked);
        (void)channels::waitFor([&] { return (answer = replies->receive()).has_value(); }, 30s);
        return asJson(answer.value_or(Message()));
    };
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"worker builds was not said: .+"_s));
    QVariantMap nowhere = say.body();
    nowhere.remove(u"room"_s);
    QCOMPARE(answerTo(Message(say.type(), nowhere)), objectOf(exampleOf(u"parlour.refused"_s)));
    QCOMPARE(answerTo(say), objectOf(exampleOf(u"parlour.said"_s)));
}

PARLOUR_TEST(ProtocolDocumentTest)
#include "tst_protocol_document.moc"
