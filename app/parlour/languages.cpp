// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "languages.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace parlour {

using namespace Qt::StringLiterals;

namespace {

void install(QApplication &application, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(QLocale(), name, u"_"_s, folder))
        QApplication::installTranslator(translator);
    else
        delete translator;
}

/// Whether the person reads English rather than any language that there is a catalogue for.
bool prefersEnglish()
{
    const QStringList languages = QLocale::system().uiLanguages();
    return !languages.isEmpty() && languages.constFirst().startsWith("en"_L1);
}

} // namespace

void installTranslations(QApplication &application)
{
    if (prefersEnglish())
        return;
    install(application, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, u"parlour"_s, u":/i18n"_s);
}

} // namespace parlour
