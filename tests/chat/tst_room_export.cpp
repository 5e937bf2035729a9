// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/json_room_reader.h"
#include "chat/export/room_writer.h"
#include "support/runner.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;

/// Rooms as files: what is written, and what is not read.
class RoomExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead();
    void anEmptyRoomIsRead();
    void itIsOneDocument();
    void anotherLayoutIsReadToo();
    void whatIsReadIsBounded();
    void refusesWhatIsNoExport_data();
    void refusesWhatIsNoExport();
    void escapesWhatPeopleWrote_data();
    void escapesWhatPeopleWrote();
    void showsAPageOfIt();
    void showsLinesOfIt();
};

namespace {

constexpr qint64 Noon = 1795521600000; // 2026-11-24 12:00 UTC

ExportHead head(qint64 number)
{
    return {u"general"_s,
            u"All sorts of things"_s,
            {u"0123"_s, u"Ann’s place"_s, u"1.0"_s},
            u"e-1"_s,
            1,
            number,
            Noon};
}

ExportEntry message(qint64 number, const QString &text, const Sender &sender = {u"p-1"_s, u"Ann"_s})
{
    ExportEntry entry;
    entry.message = {u"general"_s, u"m-%1"_s.arg(number), u"e-1"_s, number,
                     sender,       Noon + number * 1000,  text};
    return entry;
}

/// One of each kind, with all that an entry may have.
QList<ExportEntry> oneOfEach()
{
    ExportEntry plain = message(1, u"Привет 👋\nsecond line \"quoted\" \\ \u0001\uFFFF"_s);
    ExportEntry django = message(2, u"{\"a\": 1}"_s);
    django.json = R"({"a": 1, "b": [ null,true , 1.50e3 ], "c": "\u0000ю"})";
    django.origin = u"fedcba"_s;
    ExportEntry reply = message(3, u"Yes."_s, {u"p-2"_s, u"Боб"_s});
    reply.message.reply = Quote{u"m-1"_s};
    reply.message.edited = Noon + 5000;
    reply.message.reactions = {{u"👍🏽"_s, {{u"p-1"_s, u"Ann"_s}, {u"p-2"_s, u"Боб"_s}}},
                               {u"❤"_s, {{u"p-1"_s, u"Ann"_s}}}};
    ExportEntry gone = message(4, {});
    gone.message.isDeleted = true;
    ExportEntry deletion = message(5, {});
    deletion.kind = ExportEntry::Kind::Delete;
    deletion.target = 4;
    ExportEntry edit = message(6, {}, {u"p-2"_s, u"Боб"_s});
    edit.kind = ExportEntry::Kind::Edit;
    edit.target = 3;
    edit.origin = u"fedcba"_s;
    ExportEntry reaction = message(7, {});
    reaction.kind = ExportEntry::Kind::React;
    reaction.target = 3;
    ExportEntry unknown;
    unknown.kind = ExportEntry::Kind::Unknown;
    unknown.message.room = u"general"_s;
    unknown.message.epoch = u"e-1"_s;
    unknown.message.number = 8;
    return {plain, django, reply, gone, deletion, edit, reaction, unknown};
}

QByteArray written(const ExportHead &head, const QList<ExportEntry> &entries,
                   ExportFormat format = ExportFormat::Json, const ExportLook &look = {})
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto writer = RoomWriter::make(format, buffer, look);
    const bool isWritten = writer->begin(head) && writer->write(entries.mid(0, 3))
        && writer->write(entries.mid(3)) && writer->end();
    return isWritten ? buffer.data() : QByteArray();
}

struct Import {
    ExportHead head;
    QList<ExportEntry> entries;
    QString problem = {};
};

Import readAll(QByteArray json)
{
    QBuffer buffer(&json);
    buffer.open(QIODevice::ReadOnly);
    JsonRoomReader reader(buffer);
    Import import;
    const auto head = reader.begin();
    if (!head)
        return {{}, {}, head.error().message};
    import.head = *head;
    for (;;) {
        const auto some = reader.next(2);
        if (!some)
            return {{}, {}, some.error().message};
        if (some->isEmpty())
            return import;
        import.entries += *some;
    }
}

} // namespace

void RoomExportTest::whatIsWrittenIsRead()
{
    const Import import = readAll(written(head(8), oneOfEach()));
    QCOMPARE(import.problem, QString());
    QVERIFY(import.head == head(8));
    QCOMPARE(import.entries.size(), 8);
    for (int i = 0; i < 8; ++i)
        QVERIFY2(import.entries.at(i) == oneOfEach().at(i), QByteArray::number(i + 1).constData());
}

void RoomExportTest::anEmptyRoomIsRead()
{
    ExportHead empty = head(0);
    empty.note = u"The host was away."_s;
    const Import import = readAll(written(empty, {}));
    QCOMPARE(import.problem, QString());
    QVERIFY(import.head == empty);
    QVERIFY(import.entries.isEmpty());
}

void RoomExportTest::itIsOneDocument()
{
    const QByteArray json = written(head(8), oneOfEach());
    const QJsonObject document = QJsonDocument::fromJson(json).object();
    QCOMPARE(document.value("format"_L1).toString(), u"parlour.export"_s);
    QCOMPARE(document.value("entries"_L1).toArray().size(), 8);
    QCOMPARE(json.count('\n'), 10); // an entry a line
}

void RoomExportTest::anotherLayoutIsReadToo()
{
    QByteArray json = written(head(8), oneOfEach());
    json.replace("},\n{", "\r\n}\t,{\n  ").replace("\"version\":1,", "\n\"version\" : 1 ,");
    json.replace("\"entries\":[", "\"entries\"\n:\n[\n");
    const Import import = readAll(json);
    QCOMPARE(import.problem, QString());
    QVERIFY(import.entries.first() == oneOfEach().first());
}

void RoomExportTest::whatIsReadIsBounded()
{
    /// A file without an end, which says how much of it was read.
    class Endless final : public QIODevice
    {
    public:
        explicit Endless(const QByteArray &beginning)
            : m_beginning(beginning)
        {
            open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        }
        qint64 taken = 0;

    protected:
        qint64 readData(char *data, qint64 most) override
        {
            for (qint64 i = 0; i < most; ++i, ++taken)
                data[i] = taken < m_beginning.size() ? m_beginning.at(taken) : 'x';
            return most;
        }
        qint64 writeData(const char *, qint64) override { return -1; }

    private:
        QByteArray m_beginning;
    };

    QByteArray beginning = written(head(8), {});
    beginning.truncate(beginning.indexOf('[') + 1);
    Endless file(beginning + R"({"number":1,"kind":"message","text":")");
    JsonRoomReader reader(file);
    QVERIFY(reader.begin());
    const auto entries = reader.next(10);
    QVERIFY(!entries);
    QVERIFY2(entries.error().message.contains(u"larger than"_s),
             qPrintable(entries.error().message));
    QVERIFY(file.taken < JsonRoomReader::MaxEntry + 1024 * 1024);
}

void RoomExportTest::refusesWhatIsNoExport_data()
{
    QTest::addColumn<QByteArray>("from"); // what of a good export is replaced
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const QByteArray &from, const QByteArray &to,
                        const QString &says) { QTest::newRow(name) << from << to << says; };
    row("nothing", {}, {}, u"line 1: the file is no export"_s);
    row("another file", {}, "PNG\r\n", u"line 1: the file is no export"_s);
    row("another JSON", {}, R"({"entries":[]})", u"line 1: the file is no export"_s);
    row("a list", {}, "[1,2]", u"line 1: the file is no export"_s);
    row("another format", "parlour.export", "other.export", u"\"parlour.export\""_s);
    row("a later version", "\"version\":1,", "\"version\":2,", u"has version 2 of its format"_s);
    row("no version", "\"version\":1,", "", u"\"version\" is missing"_s);
    row("a room that may not be", "\"room\":\"general\"", "\"room\":\"../x\"", u"\"room\""_s);
    row("a topic of many lines", "All sorts", "All\\nsorts", u"\"topic\""_s);
    row("an epoch that may not be", "\"epoch\":\"e-1\"", "\"epoch\":\"\"", u"\"epoch\""_s);
    row("an end before the beginning", "\"first\":1,\"number\":8", "\"first\":9,\"number\":7",
        u"\"number\" must not be smaller"_s);
    row("numbers that leave none for what follows", "\"first\":1,\"number\":8",
        "\"first\":9007199254740991,\"number\":9007199254740991", u"larger than any log's"_s);
    row("nothing but blanks", {}, QByteArray(2 * 1024 * 1024, ' '), u"the file is no export"_s);
    row("entries that are none", "\"entries\":[", "\"entries\":{", u"\"entries\" must be a list"_s);
    row("entries under another name", "\"entries\":", "\"messages\":", u"\"entries\" is missing"_s);
    row("a hostile number", "\"number\":2,", "\"number\":99999999999999999999,",
        u"line 3, entry 2"_s);
    row("a number twice", "\"number\":2,", "\"number\":1,",
        u"line 3, entry 2: the number 1 is there twice"_s);
    row("a number left out", "\"number\":2,", "\"number\":3,",
        u"line 3, entry 2: the number 2 is missing"_s);
    row("a number beyond the end", "\"number\":8,\"kind\"", "\"number\":9,\"kind\"",
        u"line 9, entry 8: the number 9 is beyond"_s);
    row("fewer than it says", "\"number\":8,\"exp", "\"number\":9,\"exp", u"up to 9"_s);
    row("an unknown kind", "\"kind\":\"edit\"", "\"kind\":\"pin\"",
        u"line 7, entry 6: the field \"kind\" is \"pin\""_s);
    row("no id", "\"id\":\"m-2\",", "", u"line 3, entry 2: the field \"id\" is missing"_s);
    row("an id that may not be", "\"m-2\"", "\"m 2\"", u"line 3, entry 2: the field \"id\""_s);
    row("a name of two lines", "\"Ann\"", R"("An\nn")",
        u"line 2, entry 1: the field \"sender.name"_s);
    row("a name that turns around", "\"Ann\"", R"("\u202eAnn")", u"\"sender.name\""_s);
    row("a text that is none", "\"text\":\"Yes.\"", "\"text\":7", u"\"text\" must be a text"_s);
    row("a JSON value that is none", R"([ null,true)", "[ nul,true",
        u"line 3, entry 2: the field \"json\""_s);
    row("an emoji that is none", "👍🏽", "yes",
        u"line 4, entry 3: the field \"reactions[].emoji\""_s);
    row("a deleted one with a text", "\"deleted\":true", "\"deleted\":true,\"reply\":\"m-1\"",
        u"line 5, entry 4: a deleted message"_s);
    row("a change of the future", "\"of\":4", "\"of\":5", u"line 6, entry 5: the field \"of\""_s);
    row("a change of a change", "\"of\":3},\n{\"number\":8", "\"of\":6},\n{\"number\":8",
        u"line 8, entry 7: the field \"of\" is the number of a change"_s);
    row("a comma left out", "},\n{\"number\":3", "}\n{\"number\":3",
        u"line 4, entry 3: there must be a comma"_s);
    row("half of a surrogate pair", "second line", R"(second \ud83d line)",
        u"line 2, entry 1: not JSON"_s);
    row("no UTF-8", "second line", "second \xff line", u"line 2, entry 1: not JSON"_s);
    row("hostile depth", "\"text\":\"Yes.\"", "\"text\":" + QByteArray(100000, '['),
        u"line 4, entry 3: it is nested deeper than 64"_s);
    row("a hostile name of a field", "\"topic\"", '"' + QByteArray(100000, 'x') + '"',
        u"larger than 16384 bytes"_s);
    row("something behind it", "]}\n", "]}\n{}", u"something follows"_s);
}

void RoomExportTest::refusesWhatIsNoExport()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, says);
    QByteArray json = written(head(8), oneOfEach());
    QVERIFY(from.isEmpty() || json.contains(from));
    const qsizetype at = json.indexOf(from);
    json = from.isEmpty() ? to : json.replace(at, from.size(), to);
    const QString problem = readAll(json).problem;
    QVERIFY2(problem.contains(says), qPrintable(problem));
    QVERIFY(problem.size() < 400);
}

void RoomExportTest::escapesWhatPeopleWrote_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("plain");

    QTest::newRow("an element") << u"<script>alert(1)</script>"_s
                                << u"&lt;script&gt;alert(1)&lt;/script&gt;"_s
                                << u"<script>alert(1)</script>"_s;
    QTest::newRow("quotes and ampersands")
        << u"\"a\" & 'b' &amp;"_s << u"&quot;a&quot; &amp; &#39;b&#39; &amp;amp;"_s
        << u"\"a\" & 'b' &amp;"_s;
    QTest::newRow("the end of a comment") << u"--><!--"_s << u"--&gt;&lt;!--"_s << u"--><!--"_s;
    QTest::newRow("commands for a terminal")
        << u"\u001b[2Jx\u009b1m"_s << u"\uFFFD[2Jx\uFFFD1m"_s << u"\uFFFD[2Jx\uFFFD1m"_s;
    QTest::newRow("a null") << u"a"_s + QChar(0) + u'b' << u"a\uFFFDb"_s << u"a\uFFFDb"_s;
    QTest::newRow("a place for a value") << u"%1 %2"_s << u"%1 %2"_s << u"%1 %2"_s;
}

void RoomExportTest::escapesWhatPeopleWrote()
{
    QFETCH(QString, text);
    QFETCH(QString, html);
    QFETCH(QString, plain);
    ExportEntry said = message(1, text, {u"p-1"_s, text});
    said.message.reply = Quote{u"m-0"_s, 7, {u"p-1"_s, text}, text};
    said.message.reactions = {{text, {{u"p-1"_s, text}}}};
    ExportHead all = head(1);
    all.room = all.topic = all.host.title = all.note = text;
    const QString page = QString::fromUtf8(written(all, {said}, ExportFormat::Html));
    const QString lines = QString::fromUtf8(written(all, {said}, ExportFormat::Text));
    // Title, heading, topic, host, note; name and text, of the message and of what it replies to;
    // emoji and who reacted.
    QCOMPARE(page.count(html), 11);
    QCOMPARE(lines.count(plain), 10);
    QVERIFY(!page.contains(u"<script"_s));
    QVERIFY(!page.contains(u'\u001b') && !lines.contains(u'\u001b'));
}

void RoomExportTest::showsAPageOfIt()
{
    ExportLook look;
    look.locale = QLocale(QLocale::Russian);
    look.words.deleted = u"Сообщение удалено."_s;
    QList<ExportEntry> entries = oneOfEach();
    entries[2].message.reply->number = 1;
    entries[2].message.reply->sender = {u"p-1"_s, u"Ann"_s};
    entries[2].message.reply->text = u"Привет"_s;
    entries[3].message.time += qint64(24) * 3600 * 1000;
    const QString page = QString::fromUtf8(written(head(8), entries, ExportFormat::Html, look));
    QVERIFY(page.startsWith(u"<!DOCTYPE html>\n<html lang=\"ru\">"_s));
    QVERIFY(page.endsWith(u"</html>\n"_s));
    QCOMPARE(page.count(u"<h2>"_s), 2); // days
    QCOMPARE(page.count(u"<article"_s), 4);
    QVERIFY(page.contains(u"24 ноября 2026"_s));
    QVERIFY(page.contains(u"<blockquote><b><bdi>Ann</bdi></b> <bdi>Привет</bdi></blockquote>"_s));
    QVERIFY(page.contains(u"Yes. <small>(edited)</small>"_s));
    QVERIFY(page.contains(u"<li>👍🏽 <bdi>Ann</bdi>, <bdi>Боб</bdi></li>"_s));
    QVERIFY(page.contains(u"Сообщение удалено."_s));
    QVERIFY(page.contains(u"Times are those of UTC."_s));
    QVERIFY(!page.contains(u"<script"_s) && !page.contains(u"http://"_s));
}

void RoomExportTest::showsLinesOfIt()
{
    ExportLook look;
    look.zone = QTimeZone("Europe/Moscow");
    const QString lines =
        QString::fromUtf8(written(head(8), oneOfEach(), ExportFormat::Text, look));
    QCOMPARE(lines,
             u"general\n"
             "Exported from “Ann’s place” on 2026-11-24 15:00\n"
             "Topic: All sorts of things\n"
             "Times are those of Europe/Moscow (UTC+03:00).\n"
             "\n"
             "[2026-11-24 15:00] Ann: Привет 👋\n"
             "    second line \"quoted\" \\ \uFFFD\uFFFF\n"
             "[2026-11-24 15:00] Ann: {\"a\": 1}\n"
             "[2026-11-24 15:00] Боб:\n"
             "    > a message that is not here\n"
             "    Yes. (edited)\n"
             "    👍🏽 Ann, Боб\n"
             "    ❤ Ann\n"
             "[2026-11-24 15:00] Ann: Message removed\n"_s);
}

PARLOUR_TEST(RoomExportTest)
#include "tst_room_export.moc"
