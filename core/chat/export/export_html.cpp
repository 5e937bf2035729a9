// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/export_html.h"

#include "chat/export/export_text.h"

#include <QDateTime>
#include <QStringList>

#include <utility>

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

/// Whoever goes on within this time is not named again.
constexpr qint64 SameBreath = qint64(5) * 60 * 1000;

const auto pageStyle = R"(
:root { color-scheme: light dark; --ground: #fff; --text: #1c1f24; --faint: #666d78;
  --line: #dfe3e8; --name: #17635a; --chip: #eef1f4; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17191d; --text: #e6e8eb; --faint: #9aa2ad; --line: #2f343b;
    --name: #7fd1c3; --chip: #262a30; }
}
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 46rem; background: var(--ground);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
header { border-bottom: 1px solid var(--line); padding-bottom: 12px; }
header p, time, small, footer { color: var(--faint); font-size: .875rem; }
header p { margin: 4px 0 0; }
h2 { display: flex; align-items: center; gap: 12px; margin: 28px 0 8px; color: var(--faint);
  font-size: .875rem; font-weight: 600; }
h2::before, h2::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
article { margin: 14px 0 0; }
article.on { margin-top: 4px; }
h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; margin: 0;
  font-size: 1rem; }
h3 bdi { color: var(--name); }
h3 time { font-weight: 400; }
p { margin: 0; white-space: pre-wrap; }
p.gone { color: var(--faint); font-style: italic; }
blockquote { margin: 2px 0; padding: 0 0 0 10px; border-left: 3px solid var(--line);
  color: var(--faint); font-size: .9375rem; }
ul { display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0 0; padding: 0; list-style: none; }
li { padding: 0 8px; border-radius: 12px; background: var(--chip); font-size: .875rem; }
)";

/// As text of an element or, in quotes, of an attribute.
QString asHtml(const QString &text, bool isName = false)
{
    return printable(text, isName).toHtmlEscaped().replace(u'\'', u"&#39;"_s);
}

QString nameAsHtml(const QString &text)
{
    return u"<bdi>%1</bdi>"_s.arg(asHtml(text, true));
}

QString quoteAsHtml(const Quote &quote, const ExportWords &words)
{
    if (quote.number == 0)
        return u"<blockquote>%1</blockquote>\n"_s.arg(asHtml(words.lostQuote));
    const QString text = quote.text.isEmpty() ? words.deleted : quote.text;
    return u"<blockquote><b>%1</b> <bdi>%2</bdi></blockquote>\n"_s.arg(
        nameAsHtml(quote.sender.name), asHtml(text));
}

QString reactionsAsHtml(const ChatMessage &message)
{
    QString items;
    for (const Reaction &reaction : message.reactions) {
        QStringList people;
        for (const Sender &person : reaction.people)
            people << nameAsHtml(person.name);
        items += u"<li>%1 %2</li>"_s.arg(asHtml(reaction.emoji, true), people.join(u", "_s));
    }
    return items.isEmpty() ? QString() : u"<ul>%1</ul>\n"_s.arg(items);
}

} // namespace

QByteArray HtmlRoomWriter::beginning(const ExportHead &head)
{
    const ExportWords &words = m_look.words;
    const auto time = QDateTime::fromMSecsSinceEpoch(head.time, m_look.zone);
    const auto line = [](const QString &text) { return u"<p>%1</p>\n"_s.arg(asHtml(text)); };
    QString html = u"<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"_s.arg(
                       asHtml(m_look.locale.bcp47Name()));
    html += u"<title>%1</title>\n<style>"_s.arg(asHtml(head.room, true));
    html += QLatin1StringView(pageStyle);
    html += u"</style>\n</head>\n<body>\n<header>\n<h1>%1</h1>\n"_s.arg(nameAsHtml(head.room));
    if (!head.topic.isEmpty())
        html += line(words.topic.arg(head.topic));
    const QString when = m_look.locale.toString(time.date(), QLocale::LongFormat) + u", "_s
        + m_look.locale.toString(time.time(), QLocale::ShortFormat);
    html += line(words.exported.arg(head.host.title, when));
    html += line(words.zone.arg(nameOf(m_look.zone, head.time)));
    if (!head.note.isEmpty())
        html += line(head.note);
    return (html + u"</header>\n<main>\n"_s).toUtf8();
}

/// The day where it is a new one, and who says it unless they go on.
QString HtmlRoomWriter::startOf(const ChatMessage &message)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(message.time, m_look.zone);
    const bool isNewDay = std::exchange(m_day, time.date()) != time.date();
    const bool isOther = std::exchange(m_sender, message.sender.id) != message.sender.id;
    const qint64 pause = message.time - std::exchange(m_time, message.time);
    QString html;
    if (isNewDay)
        html = u"<h2>%1</h2>\n"_s.arg(
            asHtml(m_look.locale.toString(time.date(), QLocale::LongFormat)));
    if (!isNewDay && !isOther && pause >= 0 && pause < SameBreath && !message.reply)
        return html + u"<article class=\"on\">\n"_s;
    return html
        + u"<article>\n<h3>%1 <time datetime=\"%2\">%3</time></h3>\n"_s.arg(
            nameAsHtml(message.sender.name), time.toUTC().toString(Qt::ISODate),
            m_look.locale.toString(time.time(), QLocale::ShortFormat));
}

QByteArray HtmlRoomWriter::written(const ExportEntry &entry)
{
    const bool isGap = std::exchange(m_isMissing, entry.isMissing) != entry.isMissing;
    if (isGap && entry.isMissing)
        return u"<h2>%1</h2>\n"_s.arg(asHtml(m_look.words.missing)).toUtf8();
    if (isGap)
        m_sender.clear(); // who speaks behind it is named again
    if (entry.kind != ExportEntry::Kind::Message)
        return {};
    const ChatMessage &message = entry.message;
    QString html = startOf(message);
    if (message.reply)
        html += quoteAsHtml(*message.reply, m_look.words);
    if (message.isDeleted) {
        html += u"<p class=\"gone\">%1</p>\n"_s.arg(asHtml(m_look.words.deleted));
    } else {
        const QString edited = message.edited > 0
            ? u" <small>(%1)</small>"_s.arg(asHtml(m_look.words.edited))
            : QString();
        html += u"<p dir=\"auto\">%1%2</p>\n"_s.arg(asHtml(message.text), edited);
    }
    return (html + reactionsAsHtml(message) + u"</article>\n"_s).toUtf8();
}

QByteArray HtmlRoomWriter::ending()
{
    return "</main>\n</body>\n</html>\n";
}

} // namespace parlour::chat
