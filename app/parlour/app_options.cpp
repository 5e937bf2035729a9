// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "app_options.h"

namespace parlour {

using namespace wiring;
using namespace Qt::StringLiterals;

QList<Option> appOptionList()
{
    const QList<Option> own{
        {u"host"_s, Takes::OptionalValue, u"TITLE"_s, u"open a host at once"_s},
        {u"join"_s, Takes::Value, u"URL"_s, u"join a host at once"_s},
        {u"monitor"_s, Takes::OptionalValue, u"URL"_s,
         u"open the monitor of the own host, or of one whose PARLOUR_OWNER_TOKEN is set"_s},
        {u"name"_s, Takes::Value, u"NAME"_s, u"the name to go by"_s},
        {u"version"_s, Takes::Nothing, {}, u"print the version and end"_s},
        {u"help"_s, Takes::Nothing, {}, u"print this and end"_s},
    };
    return own + hostOptions();
}

channels::Expected<AppOptions> readAppOptions(const QStringList &arguments)
{
    const auto line = parseArguments(appOptionList(), arguments);
    if (!line)
        return line.error();
    const Environment environment = Environment::ofThisProcess();
    const auto values = withConfigFile(appOptionList(), *line, environment);
    if (!values)
        return values.error();
    const auto config = makeHostConfig(*values, environment);
    if (!config)
        return config.error();

    const auto optional = [&](const QString &name) -> std::optional<QString> {
        if (!values->contains(name))
            return std::nullopt;
        return values->value(name).constFirst();
    };
    AppOptions options;
    options.host = *config;
    if (!values->contains(u"title"_s))
        options.host.title.clear(); // the person's choice, made at the start of hosting
    options.hasListen = values->contains(u"listen"_s);
    options.sharing = {options.host.shared.has_value() || values->contains(u"layer"_s),
                       values->contains(u"capacity"_s), values->contains(u"expiry"_s)};
    options.hostNow = optional(u"host"_s);
    options.join = optional(u"join"_s).value_or(QString());
    options.monitor = optional(u"monitor"_s);
    options.name = optional(u"name"_s).value_or(QString());
    options.help = values->contains(u"help"_s);
    options.version = values->contains(u"version"_s);
    return options;
}

} // namespace parlour
