// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_words.h"

#include <QDateTime>
#include <QLocale>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

QString MessageWords::time(qint64 msUtc)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(msUtc).time();
    const QLocale locale;
    // The C locale writes seconds, which nobody asked for.
    return locale.language() == QLocale::C ? time.toString(u"HH:mm"_s)
                                           : locale.toString(time, QLocale::ShortFormat);
}

QString MessageWords::day(qint64 msUtc, QDate today)
{
    const QDate date = QDateTime::fromMSecsSinceEpoch(msUtc).date();
    const QLocale locale;
    const QString dayAndMonth = locale.toString(date, tr("d MMMM", "date without a year"));
    if (date == today)
        return tr("Today, %1").arg(dayAndMonth);
    if (date.daysTo(today) == 1)
        return tr("Yesterday, %1").arg(dayAndMonth);
    if (date.year() == today.year())
        return locale.toString(date, tr("dddd, d MMMM", "weekday and date without a year"));
    return locale.toString(date, tr("d MMMM yyyy", "date with a year"));
}

QString MessageWords::moment(qint64 msUtc)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(msUtc), QLocale::LongFormat);
}

QString MessageWords::unread()
{
    return tr("New", "line above unread messages");
}

QString MessageWords::gap(const MessageRow &row)
{
    const bool sameDay = QDateTime::fromMSecsSinceEpoch(row.timeAbove).date()
        == QDateTime::fromMSecsSinceEpoch(row.time).date();
    if (!sameDay)
        return gapBelow();
    return tr("Messages between %1 and %2 may be missing.")
        .arg(time(row.timeAbove), time(row.time));
}

QString MessageWords::gapBelow()
{
    return tr("Messages may be missing here.");
}

QString MessageWords::state(const MessageRow &row)
{
    if (row.isChanging)
        return tr("waiting", "own message");
    switch (row.delivery) {
    case chat::Delivery::Waiting:
        return tr("waiting", "own message");
    case chat::Delivery::Sending:
        return tr("sending…", "own message");
    case chat::Delivery::Received:
    case chat::Delivery::Sent:
    case chat::Delivery::Failed:
        break;
    }
    return {};
}

QString MessageWords::edited()
{
    return tr("edited", "message");
}

QString MessageWords::editedAt(qint64 msUtc)
{
    return tr("Edited %1").arg(moment(msUtc));
}

QString MessageWords::removed()
{
    return tr("Message removed");
}

QString MessageWords::quoted(const chat::Quote &quote)
{
    if (quote.number == 0)
        return tr("A message that is not here");
    const QString line = quote.text.simplified();
    return line.isEmpty() ? removed() : line;
}

QString MessageWords::count(const models::ShownReaction &reaction)
{
    return QLocale().toString(reaction.people.size());
}

QString MessageWords::people(const models::ShownReaction &reaction)
{
    constexpr qsizetype Named = 20;
    const qsizetype others = reaction.people.size() - Named;
    const QString names = reaction.people.first(qMin(reaction.people.size(), Named)).join(u", "_s);
    return others > 0 ? tr("%1 and %n others", nullptr, int(others)).arg(names) : names;
}

QString MessageWords::problem(const QString &why)
{
    constexpr qsizetype ShownReason = 300;
    const QString line = why.simplified();
    if (line.isEmpty())
        return tr("Not sent.");
    return tr("Not sent: %1").arg(line.size() > ShownReason ? line.left(ShownReason) + u'…' : line);
}

QString MessageWords::retry()
{
    return tr("Retry", "send a message again");
}

QString MessageWords::discard()
{
    return tr("Delete", "own message that was not sent");
}

QString MessageWords::shortened(qsizetype length)
{
    return tr("… (%1 characters, copy the message to read all)").arg(QLocale().toString(length));
}

} // namespace parlour::widgets
