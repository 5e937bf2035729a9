// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "transfer.h"

#include "wiring/data_folder.h"
#include "wiring/exit_codes.h"
#include "wiring/room_files.h"

#include <QFile>
#include <QSaveFile>

#include <cstdio>

namespace parlour {

using channels::Error;
using channels::Expected;
using namespace wiring;
using namespace Qt::StringLiterals;

namespace {

int endWith(int code, const QString &message)
{
    std::fputs(qUtf8Printable(u"parlourd: "_s + message + u'\n'), stderr);
    return code;
}

QString valueOf(const OptionValues &values, const QString &name)
{
    return values.value(name).value(0);
}

/// What does not go together on the command line.
QString whatIsWrong(const OptionValues &values, const HostConfig &config)
{
    const bool isExport = values.contains(u"export"_s);
    const bool isImport = values.contains(u"import"_s);
    for (const auto &name : {u"format"_s, u"output"_s}) {
        if (values.contains(name) && !isExport)
            return u"--%1: goes with --export."_s.arg(name);
    }
    if (values.contains(u"as"_s) && !isImport)
        return u"--as: goes with --import."_s;
    if (isExport && isImport)
        return u"--import: not together with --export."_s;
    const QString name = isExport ? u"--export"_s : u"--import"_s;
    if ((isExport || isImport) && config.ephemeral)
        return name + u": there is nothing on disk with --ephemeral."_s;
    if ((isExport || isImport) && !config.hasHistory)
        return name + u": what is said is not on disk with --no-history."_s;
    const QString format = valueOf(values, u"format"_s);
    if (values.contains(u"format"_s) && !exportFormat(format))
        return u"--format: say json, html or text, not \"%1\"."_s.arg(format);
    return {};
}

/// Into the file, all of it or nothing; or to where the program's output goes.
Expected<void> exportTo(const QString &path, const RoomExport &wanted)
{
    if (path.isEmpty()) {
        QFile output;
        if (!output.open(stdout, QIODevice::WriteOnly))
            return Error{u"output"_s, output.errorString()};
        const auto written = exportRoom(wanted, output);
        if (written && !output.flush())
            return Error{u"output"_s, output.errorString()};
        return written;
    }
    QSaveFile output(path);
    if (!output.open(QIODevice::WriteOnly))
        return Error{u"output"_s, output.errorString()};
    if (const auto written = exportRoom(wanted, output); !written)
        return written;
    if (!output.commit())
        return Error{u"output"_s, output.errorString()};
    return {};
}

int runExport(const OptionValues &values, const HostConfig &config)
{
    const QString path = valueOf(values, u"output"_s);
    RoomExport wanted{config.dataFolder, valueOf(values, u"export"_s), config.title};
    const auto format = exportFormat(valueOf(values, u"format"_s));
    wanted.format = format ? *format : exportFormatOf(path).value_or(chat::ExportFormat::Json);
    wanted.look.zone = QTimeZone::systemTimeZone();
    const auto written = exportTo(path, wanted);
    if (written)
        return exit_code::Ended;
    const QString &code = written.error().code;
    const QString &message = written.error().message;
    if (code == "bad_room"_L1)
        return endWith(exit_code::Usage, u"--export: "_s + message);
    if (code == "output"_L1)
        return endWith(
            exit_code::Transfer,
            u"%1: cannot be written: %2."_s.arg(path.isEmpty() ? u"the output"_s : path, message));
    return endWith(code == "no_room"_L1 ? exit_code::Transfer : exit_code::Data, message);
}

int runImport(const OptionValues &values, const HostConfig &config)
{
    const RoomImport wanted{valueOf(values, u"import"_s), valueOf(values, u"as"_s)};
    const auto folder = DataFolder::open(config.dataFolder);
    if (!folder)
        return endWith(exit_code::Data, folder.error().message);
    const auto imported = importRoom(wanted, config);
    if (!imported) {
        const QString &code = imported.error().code;
        if (code == "bad_room"_L1)
            return endWith(exit_code::Usage, u"--as: "_s + imported.error().message);
        const bool isFile =
            code == "bad_export"_L1 || code == "no_file"_L1 || code == "room_exists"_L1;
        return endWith(isFile ? exit_code::Transfer : exit_code::Data, imported.error().message);
    }
    std::fputs(qUtf8Printable(u"imported %1 messages as the room \"%2\"\n"_s.arg(imported->messages)
                                  .arg(imported->room)),
               stdout);
    if (!imported->staysWhole)
        (void)endWith(exit_code::Ended,
                      u"a host lets some of it go soon, since it is too much or too old. Start it "
                      "with another --history-count and --history-days to keep all."_s);
    return exit_code::Ended;
}

} // namespace

QList<Option> transferOptions()
{
    return {
        {u"export"_s, Takes::Value, u"ROOM"_s,
         u"write a room of the data folder and end, also while a host runs on it"_s},
        {u"format"_s, Takes::Value, u"json|html|text"_s,
         u"of the export (default: as the output's name says, else json)"_s},
        {u"output"_s, Takes::Value, u"FILE"_s, u"where the export goes (default: to stdout)"_s},
        {u"import"_s, Takes::Value, u"FILE"_s,
         u"make a room of the data folder of an export as JSON, and end"_s},
        {u"as"_s, Takes::Value, u"NAME"_s,
         u"what the imported room is called (default: as it was)"_s},
    };
}

std::optional<int> transfer(const OptionValues &values, const HostConfig &config)
{
    if (const QString wrong = whatIsWrong(values, config); !wrong.isEmpty())
        return endWith(exit_code::Usage, wrong);
    if (values.contains(u"export"_s))
        return runExport(values, config);
    if (values.contains(u"import"_s))
        return runImport(values, config);
    return std::nullopt;
}

} // namespace parlour
