// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace parlour::models {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(parlour::models::Words)
};

bool hidesOrTurnsText(QChar c)
{
    switch (c.unicode()) {
    case 0x061c:
    case 0x200e:
    case 0x200f:
    case 0x2028:
    case 0x2029:
        return true;
    default:
        return (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    }
}

} // namespace

QString oneLine(const QString &text)
{
    QString line = text;
    line.replace(u"\r\n"_s, u"⏎"_s);
    for (QChar &c : line) {
        if (c == u'\n' || c == u'\r')
            c = u'⏎';
        else if (c == u'\t')
            c = u' ';
        else if (c.category() == QChar::Other_Control || hidesOrTurnsText(c))
            c = QChar::ReplacementCharacter;
    }
    return line;
}

QString formatNumber(qint64 number)
{
    return QLocale().toString(number);
}

QString formatRate(double value)
{
    if (value <= 0)
        return QLocale().toString(0);
    return QLocale().toString(value, 'f', value < 9.95 ? 1 : 0);
}

QString formatBytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1);
}

QString formatClock(qint64 msUtc, qint64 nowMsUtc)
{
    if (msUtc <= 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(msUtc);
    const QString clock = time.toString(u"HH:mm:ss"_s);
    if (time.date() == QDateTime::fromMSecsSinceEpoch(nowMsUtc).date())
        return clock;
    return QLocale().toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

QString formatExactClock(qint64 msUtc)
{
    return QDateTime::fromMSecsSinceEpoch(msUtc).toString(u"HH:mm:ss.zzz"_s);
}

QString formatDuration(qint64 ms)
{
    const qint64 seconds = std::max<qint64>(0, ms / 1000);
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const qint64 days = hours / 24;
    if (days > 0)
        return Words::tr("%1 d %2 h").arg(days).arg(hours % 24);
    if (hours > 0)
        return Words::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    if (minutes > 0)
        return Words::tr("%1 min").arg(minutes);
    return Words::tr("%1 s").arg(seconds);
}

} // namespace parlour::models
