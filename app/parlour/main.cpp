// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "app_options.h"
#include "desktop.h"
#include "languages.h"
#include "wiring/exit_codes.h"
#include "wiring/logging.h"

#include <QApplication>

#include <cstdio>

using namespace parlour;
using namespace Qt::StringLiterals;

namespace {

int fail(int code, const QString &message)
{
    std::fputs(qUtf8Printable(u"parlour: "_s + message + u'\n'), stderr);
    return code;
}

/// What needs no display.
bool answersAtOnce(const QStringList &arguments)
{
    const auto options = readAppOptions(arguments);
    if (!options || !(options->help || options->version))
        return false;
    const QString text = options->version
        ? u"parlour "_s + QStringLiteral(PARLOUR_VERSION) + u'\n'
        : wiring::helpText(u"parlour [OPTIONS]: open a room on your own computer and talk"_s,
                           appOptionList());
    std::fputs(qUtf8Printable(text), stdout);
    return true;
}

void describe()
{
    QApplication::setApplicationName(u"parlour"_s);
    QApplication::setApplicationVersion(QStringLiteral(PARLOUR_VERSION));
    QApplication::setDesktopFileName(u"io.github.parlour.Parlour"_s);
    QApplication::setWindowIcon(QIcon(u":/logo/parlour.svg"_s));
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    if (answersAtOnce(arguments))
        return wiring::exit_code::Ended;

    int own = 1; // Qt would take --title and others for its own
    QApplication application(own, argv);
    describe();
    installTranslations(application);
    auto options = readAppOptions(arguments);
    if (!options)
        return fail(wiring::exit_code::Usage, options.error().message);
    wiring::installLogging(options->host.logLevel);

    const auto data = wiring::DataFolder::open(options->host.dataFolder);
    if (!data && SingleInstance(options->host.dataFolder).activateOther(options->join)) {
        if (options->hostNow)
            fail(wiring::exit_code::Ended, u"is open already; --host was not taken over."_s);
        return wiring::exit_code::Ended;
    }
    if (!data)
        return fail(wiring::exit_code::Data, data.error().message);
    const auto token = (*data)->ownerToken();
    if (!token)
        return fail(wiring::exit_code::Data, token.error().message);
    options->host.ownerToken = *token;
    auto identity = client::Identity::open((*data)->filePath(u"person.key"_s));
    if (!identity)
        return fail(wiring::exit_code::Data, identity.error().message);
    options->identity = *identity;
    const auto knownHosts = client::KnownHosts::open((*data)->filePath(u"known_hosts"_s));
    if (!knownHosts)
        return fail(wiring::exit_code::Data, knownHosts.error().message);
    options->knownHosts = *knownHosts;
    auto store = client::ClientStore::open((*data)->filePath(u"history.db"_s));
    if (store)
        options->store = std::move(*store);
    else
        options->storeProblem = store.error().message;

    widgets::Theme theme(application);
    Desktop desktop(theme, *options, *data);
    desktop.start();
    return QApplication::exec();
}
