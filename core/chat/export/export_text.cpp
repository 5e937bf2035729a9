// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/export_text.h"

#include <QDateTime>
#include <QStringList>

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

const QString textIndent = QStringLiteral("    ");

QString timeAsText(qint64 time, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(time, zone).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString quoteAsText(const Quote &quote, const ExportWords &words)
{
    if (quote.number == 0)
        return u"> "_s + words.lostQuote;
    const QString text = quote.text.isEmpty() ? words.deleted : quote.text;
    return u"> %1: %2"_s.arg(printable(quote.sender.name, true), printable(text, true));
}

QString reactionAsText(const Reaction &reaction)
{
    QStringList names;
    for (const Sender &person : reaction.people)
        names << printable(person.name, true);
    return u"%1 %2"_s.arg(printable(reaction.emoji, true), names.join(u", "_s));
}

} // namespace

QString nameOf(const QTimeZone &zone, qint64 time)
{
    const QString id = QString::fromUtf8(zone.id());
    const QString offset =
        zone.displayName(QDateTime::fromMSecsSinceEpoch(time, zone), QTimeZone::OffsetName);
    return id.startsWith("UTC"_L1) ? id : u"%1 (%2)"_s.arg(id, offset);
}

QByteArray TextRoomWriter::beginning(const ExportHead &head)
{
    const ExportWords &words = m_look.words;
    QStringList lines{
        printable(head.room, true),
        words.exported.arg(printable(head.host.title, true), timeAsText(head.time, m_look.zone))};
    if (!head.topic.isEmpty())
        lines << words.topic.arg(printable(head.topic, true));
    lines << words.zone.arg(nameOf(m_look.zone, head.time));
    if (!head.note.isEmpty())
        lines << printable(head.note, true);
    return lines.join(u'\n').toUtf8() + "\n\n";
}

QByteArray TextRoomWriter::written(const ExportEntry &entry)
{
    if (!std::exchange(m_isMissing, entry.isMissing) && entry.isMissing)
        return u"--- %1 ---\n"_s.arg(m_look.words.missing).toUtf8();
    if (entry.kind != ExportEntry::Kind::Message)
        return {};
    const ChatMessage &message = entry.message;
    QStringList lines;
    if (message.reply)
        lines << QString() << quoteAsText(*message.reply, m_look.words);
    QString text = message.isDeleted ? m_look.words.deleted : printable(message.text);
    if (message.edited > 0)
        text += u" (%1)"_s.arg(m_look.words.edited);
    lines << text.split(u'\n');
    for (const Reaction &reaction : message.reactions)
        lines << reactionAsText(reaction);
    const QString who = u"[%1] %2:"_s.arg(timeAsText(message.time, m_look.zone),
                                          printable(message.sender.name, true));
    QString all = lines.first().isEmpty() ? who : who + u' ' + lines.first();
    for (const QString &line : lines.mid(1))
        all += line.isEmpty() ? u"\n"_s : u'\n' + textIndent + line;
    return all.toUtf8() + '\n';
}

QByteArray TextRoomWriter::ending()
{
    return {};
}

} // namespace parlour::chat
