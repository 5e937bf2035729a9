// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/json_room_reader.h"

#include "chat/export/entry_rules.h"
#include "chat/export/export_json.h"
#include "chat/frame_parts.h"
#include "chat/json_reader.h"
#include "chat/room_names.h"
#include "chat/text_rules.h"

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

using EntryKind = ExportEntry::Kind;

constexpr qsizetype MaxHeadField = qsizetype(16) * 1024;
constexpr int MaxHeadFields = 64;
constexpr qsizetype EnoughAtOnce = qsizetype(4) * 1024 * 1024;
constexpr int MaxNote = 1000;

const QString noExport = QStringLiteral(
    "the file is no export of a room as JSON: \"format\" must be \"parlour.export\"");

/// The object of a document; none: the problem is set.
std::optional<simdjson::dom::object> objectOf(QByteArrayView json, JsonProblem &problem)
{
    const auto document = parseJson(json);
    simdjson::dom::object object;
    if (!document)
        problem.set(document.error().message);
    else if (document->get(object) != simdjson::SUCCESS)
        problem.set(u"it must be an object"_s);
    if (problem.isSet())
        return std::nullopt;
    return object;
}

ExportHead readHead(const JsonReader &json, JsonProblem &problem)
{
    ExportHead head;
    if (json.optionalText("format") != "parlour.export"_L1) {
        problem.set(noExport);
        return head;
    }
    const qint64 version = json.integer("version");
    if (!problem.isSet() && version != ExportHead::Version) {
        problem.set(u"the export has version %1 of its format; this program reads version %2. Use "
                    "the version of Parlour that wrote it, or a later one"_s.arg(version)
                        .arg(ExportHead::Version));
        return head;
    }
    head.room = json.text("room");
    head.topic = json.optionalText("topic");
    const JsonReader host = json.object("host");
    head.host = {host.text("id"), host.text("title"), host.optionalText("version")};
    head.epoch = json.text("epoch");
    head.first = json.integer("first", 1);
    head.number = json.integer("number");
    head.time = json.integer("exported");
    head.note = json.optionalText("note");
    return head;
}

QString wrongInHead(ExportHead &head)
{
    const auto title = checkRoomTitle(head.room);
    if (!title)
        return u"the field \"room\": "_s + title.error().message;
    const auto topic = checkTopic(head.topic);
    if (!topic)
        return u"the field \"topic\": "_s + topic.error().message;
    head.room = *title;
    head.topic = *topic;
    if (!isId(head.epoch))
        return u"the field \"epoch\" must be 1 to 64 letters, digits and '-'"_s;
    if (head.number > JsonLimits::Integer / 2) // what is said next must have a number too
        return u"the field \"number\" is larger than any log's"_s;
    if (head.number < head.first - 1)
        return u"the field \"number\" must not be smaller than \"first\""_s;
    if (codePoints(head.note) > MaxNote)
        return u"the field \"note\" is too long"_s;
    return {};
}

std::optional<EntryKind> kindOf(const QString &name)
{
    for (const EntryKind kind : {EntryKind::Message, EntryKind::Edit, EntryKind::Delete,
                                 EntryKind::React, EntryKind::Unknown}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return std::nullopt;
}

ExportEntry readEntry(const JsonReader &json, JsonProblem &problem)
{
    ExportEntry entry;
    ChatMessage &message = entry.message;
    message.number = json.integer("number", 1);
    const QString name = json.text("kind");
    const auto kind = kindOf(name);
    if (!kind)
        problem.set(u"the field \"kind\" is \"%1\", which this program does not know"_s.arg(
            printable(name.left(64), true)));
    entry.kind = kind.value_or(EntryKind::Unknown);
    entry.isMissing = entry.kind == EntryKind::Unknown && json.optionalFlag("missing");
    if (entry.kind == EntryKind::Unknown)
        return entry;
    message.id = json.text("id");
    message.sender = readSender(json.object("sender"));
    message.time = json.integer("time");
    entry.origin = json.optionalText("origin");
    if (entry.kind != EntryKind::Message) {
        entry.target = json.integer("of", 1);
        const QString emoji = json.optionalText("emoji");
        if (entry.kind == EntryKind::React && !emoji.isEmpty())
            message.reactions.append({emoji, {}});
        const QString deleted = json.optionalText("message");
        if (entry.kind == EntryKind::Delete && !deleted.isEmpty())
            message.reply = Quote{deleted};
        return entry;
    }
    message.text = json.text("text");
    entry.json = json.optionalText("json").toUtf8();
    if (json.has("reply"))
        message.reply = Quote{json.text("reply")};
    message.edited = json.optionalInteger("edited");
    message.isDeleted = json.optionalFlag("deleted");
    message.reactions = json.optionalList("reactions", readReaction);
    return entry;
}

} // namespace

Error JsonRoomReader::wrong(const QString &problem) const
{
    const QString entry = m_read > 0 || m_line > 1 ? u", entry %1"_s.arg(m_read + 1) : QString();
    return {u"bad_export"_s, u"line %1%2: %3."_s.arg(m_line).arg(entry, problem)};
}

/// The members before the entries, as an object.
Expected<QByteArray> JsonRoomReader::headJson()
{
    if (!m_pieces.takes('{'))
        return wrong(noExport);
    QByteArray json = "{";
    for (int i = 0; i < MaxHeadFields; ++i) {
        const QByteArray name = m_pieces.value(MaxHeadField);
        if (name.isEmpty())
            return wrong(m_pieces.problem());
        if (!m_pieces.takes(':'))
            return wrong(noExport);
        if (name == "\"entries\"") {
            if (!m_pieces.takes('['))
                return wrong(u"the field \"entries\" must be a list"_s);
            return json + '}';
        }
        const QByteArray value = m_pieces.value(MaxHeadField);
        if (value.isEmpty())
            return wrong(m_pieces.problem());
        json += (json.size() > 1 ? "," : "") + name + ':' + value;
        if (!m_pieces.takes(','))
            return wrong(u"the field \"entries\" is missing"_s);
    }
    return wrong(noExport);
}

Expected<ExportHead> JsonRoomReader::begin()
{
    const auto json = headJson();
    if (!json)
        return json.error();
    JsonProblem problem;
    if (const auto object = objectOf(*json, problem))
        m_head = readHead(JsonReader(*object, problem), problem);
    if (!problem.isSet())
        problem.set(wrongInHead(m_head));
    if (problem.isSet())
        return wrong(problem.text());
    return m_head;
}

Expected<QList<ExportEntry>> JsonRoomReader::next(int most)
{
    QList<ExportEntry> entries;
    qsizetype bytes = 0;
    while (!m_hasEnded && entries.size() < most && bytes < EnoughAtOnce) {
        if (m_pieces.takes(']')) {
            if (const auto ended = end(); !ended)
                return ended.error();
            break;
        }
        const bool isSeparated = m_read == 0 || m_pieces.takes(',');
        (void)m_pieces.isAtEnd(); // to the entry's line
        m_line = m_pieces.line();
        if (!isSeparated)
            return wrong(u"there must be a comma or the end of the entries; the file may have been "
                         "cut off"_s);
        const QByteArray json = m_pieces.value(MaxEntry);
        if (json.isEmpty())
            return wrong(m_pieces.problem());
        const auto read = entry(json);
        if (!read)
            return read.error();
        entries.append(*read);
        m_areMessages.push_back(read->kind == EntryKind::Message);
        ++m_read;
        bytes += json.size();
    }
    return entries;
}

Expected<ExportEntry> JsonRoomReader::entry(const QByteArray &json)
{
    JsonProblem problem;
    ExportEntry read;
    if (const auto object = objectOf(json, problem))
        read = readEntry(JsonReader(*object, problem), problem);
    if (!problem.isSet())
        problem.set(whatIsWrong(read));
    if (problem.isSet())
        return wrong(problem.text());
    read.message.room = m_head.room;
    read.message.epoch = m_head.epoch;
    return read;
}

QString JsonRoomReader::whatIsWrong(const ExportEntry &entry) const
{
    const qint64 number = entry.message.number;
    const qint64 expected = m_head.first + m_read;
    if (number > m_head.number)
        return u"the number %1 is beyond the last one, %2, that the export says it has"_s
            .arg(number)
            .arg(m_head.number);
    if (number < expected)
        return u"the number %1 is there twice or out of order; %2 follows here"_s.arg(number).arg(
            expected);
    if (number > expected)
        return u"the number %1 is missing"_s.arg(expected);
    const bool isChange = entry.kind != EntryKind::Message && entry.kind != EntryKind::Unknown;
    if (isChange && entry.target >= number)
        return u"the field \"of\" must be the number of a message before it"_s;
    if (isChange && entry.target >= m_head.first
        && !m_areMessages[size_t(entry.target - m_head.first)])
        return u"the field \"of\" is the number of a change, not of a message"_s;
    return whatNoLogHolds(entry);
}

Expected<void> JsonRoomReader::end()
{
    m_line = m_pieces.line();
    m_hasEnded = true;
    if (m_read < m_head.count())
        return wrong(u"the export says that it has the numbers up to %1, and ends before %2"_s
                         .arg(m_head.number)
                         .arg(m_head.first + m_read));
    if (!m_pieces.takes('}'))
        return wrong(u"the end of the export is missing; the file may have been cut off"_s);
    if (!m_pieces.isAtEnd())
        return wrong(u"something follows behind the end of the export"_s);
    return {};
}

} // namespace parlour::chat
