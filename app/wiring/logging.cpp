// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/logging.h"

#include <QLoggingCategory>

namespace parlour::wiring {

using namespace Qt::StringLiterals;

channels::Expected<LogLevel> parseLogLevel(const QString &text)
{
    static const QMap<QString, LogLevel> levels{{u"debug"_s, LogLevel::Debug},
                                                {u"info"_s, LogLevel::Info},
                                                {u"warning"_s, LogLevel::Warning},
                                                {u"error"_s, LogLevel::Error}};
    if (const auto found = levels.find(text); found != levels.end())
        return *found;
    return channels::Error{
        u"usage"_s, u"--log-level: \"%1\" is not one of debug, info, warning, error."_s.arg(text)};
}

void installLogging(LogLevel level)
{
    const auto onFrom = [level](LogLevel from) { return level <= from ? u"true"_s : u"false"_s; };
    QLoggingCategory::setFilterRules(u"parlour.*.debug=%1\n"
                                     "parlour.*.info=%2\n"
                                     "parlour.*.warning=%3\n"
                                     "qt.*.debug=false\n"
                                     "qt.*.info=false\n"_s.arg(onFrom(LogLevel::Debug),
                                                               onFrom(LogLevel::Info),
                                                               onFrom(LogLevel::Warning)));
    qSetMessagePattern(u"%{time yyyy-MM-dd hh:mm:ss.zzz} %{type} %{category}: %{message}"_s);
}

} // namespace parlour::wiring
