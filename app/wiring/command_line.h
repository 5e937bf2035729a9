// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

/// The command line and the config file, which has the same names. (QCommandLineParser knows
/// neither options with a value that may be left out, nor files, nor options of a later version.)
namespace parlour::wiring {

enum class Takes { Nothing, Value, OptionalValue };

struct Option {
    QString name; ///< without dashes
    Takes takes = Takes::Nothing;
    QString value; ///< what help calls it
    QString help;
    bool repeatable = false;
    bool landed = true; ///< false: known, but refused with words that say so
};

/// Something wrong with what the person wrote on the command line or in the config file.
channels::Error usageError(const QString &message);

/// Values by option name; an option without a value has one empty string.
using OptionValues = QMap<QString, QStringList>;

/// Fails (usage) with one line that names the option: unknown, given twice, without its value, or
/// not available yet. `--name value` and `--name=value` are the same.
channels::Expected<OptionValues> parseArguments(const QList<Option> &options,
                                                const QStringList &arguments);

/// An INI file: `name = value` lines; comments start with # or ;, section lines are passed over.
/// Options without a value say true or false. Fails (usage) naming file and line.
channels::Expected<OptionValues> parseConfigFile(const QList<Option> &options, const QString &path);

/// What is missing in `first` is taken from `second`.
OptionValues merged(OptionValues first, const OptionValues &second);

/// The text of --help: a usage line and one line per option that has landed.
QString helpText(const QString &usageLine, const QList<Option> &options);

} // namespace parlour::wiring
