// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/command_line.h"

#include <QFile>

#include <algorithm>
#include <optional>

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MaxConfigBytes = qint64(1024) * 1024;

const Option *find(const QList<Option> &options, const QString &name)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const Option &option) { return option.name == name; });
    return found == options.end() ? nullptr : &*found;
}

/// The checks that both sources share; `where` names the option as the person wrote it.
std::optional<Error> refuse(const Option *option, const QString &where, const OptionValues &values)
{
    if (!option)
        return usageError(u"%1: no such option. --help lists them."_s.arg(where));
    if (!option->landed)
        return usageError(u"%1: not available in this version."_s.arg(where));
    if (!option->repeatable && values.contains(option->name))
        return usageError(u"%1: given twice."_s.arg(where));
    return std::nullopt;
}

bool looksLikeOption(const QString &argument)
{
    return argument.startsWith("--"_L1);
}

} // namespace

Error usageError(const QString &message)
{
    return {u"usage"_s, message};
}

Expected<OptionValues> parseArguments(const QList<Option> &options, const QStringList &arguments)
{
    OptionValues values;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (!looksLikeOption(argument))
            return usageError(u"%1: not an option. --help lists them."_s.arg(argument));

        const qsizetype equals = argument.indexOf(u'=');
        const QString written = equals < 0 ? argument : argument.left(equals);
        const QString name = written.mid(2);
        const Option *option = find(options, name);
        if (const auto error = refuse(option, written, values))
            return *error;

        const bool hasNext = i + 1 < arguments.size() && !looksLikeOption(arguments.at(i + 1));
        QString value;
        if (equals >= 0 && option->takes == Takes::Nothing)
            return usageError(u"%1: takes no value."_s.arg(written));
        if (equals >= 0)
            value = argument.mid(equals + 1);
        else if (option->takes != Takes::Nothing && hasNext)
            value = arguments.at(++i);
        else if (option->takes == Takes::Value)
            return usageError(u"%1: needs a value (%2)."_s.arg(written, option->value));
        values[name].append(value);
    }
    return values;
}

namespace {

/// One `name = value` line into `values`.
std::optional<Error> readLine(const QList<Option> &options, const QString &line,
                              const QString &where, OptionValues &values)
{
    const qsizetype equals = line.indexOf(u'=');
    const QString name = (equals < 0 ? line : line.left(equals)).trimmed();
    const QString value = equals < 0 ? QString() : line.mid(equals + 1).trimmed();
    const Option *option = find(options, name);
    const QString place = u"%1: %2"_s.arg(where, name);
    if (const auto error = refuse(option, place, values))
        return error;
    if (equals < 0)
        return usageError(u"%1: write %2 = value."_s.arg(place, name));
    if (option->takes != Takes::Nothing) {
        values[name].append(value);
        return std::nullopt;
    }
    if (value != "true"_L1 && value != "false"_L1)
        return usageError(u"%1: say true or false, not \"%2\"."_s.arg(place, value));
    if (value == "true"_L1)
        values[name].append(QString());
    return std::nullopt;
}

} // namespace

Expected<OptionValues> parseConfigFile(const QList<Option> &options, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return usageError(u"--config %1: cannot be read: %2."_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(MaxConfigBytes + 1);
    if (bytes.size() > MaxConfigBytes)
        return usageError(u"--config %1: larger than 1 MiB; not a config file."_s.arg(path));

    OptionValues values;
    int number = 0;
    for (const QByteArray &raw : bytes.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';')
            || line.startsWith(u'['))
            continue;
        const QString where = u"%1, line %2"_s.arg(path).arg(number);
        if (const auto error = readLine(options, line, where, values))
            return *error;
    }
    return values;
}

OptionValues merged(OptionValues first, const OptionValues &second)
{
    for (auto it = second.begin(); it != second.end(); ++it)
        if (!first.contains(it.key()))
            first.insert(it.key(), it.value());
    return first;
}

QString helpText(const QString &usageLine, const QList<Option> &options)
{
    constexpr qsizetype Column = 28;
    QString text = usageLine + u"\n\n"_s;
    for (const Option &option : options) {
        if (!option.landed)
            continue;
        QString left = u"  --"_s + option.name;
        if (option.takes == Takes::Value)
            left += u' ' + option.value;
        else if (option.takes == Takes::OptionalValue)
            left += u" ["_s + option.value + u']';
        if (option.repeatable)
            left += u'…';
        left = left.size() < Column - 1 ? left.leftJustified(Column) : left + u"  "_s;
        text += left + option.help + u'\n';
    }
    return text;
}

} // namespace parlour::wiring
