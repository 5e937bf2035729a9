// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "languages.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace parlour {

using namespace Qt::StringLiterals;

void installTranslations(QApplication &application)
{
    const auto folder = u":/i18n"_s;
    auto *ours = new QTranslator(&application);
    // English is in the sources; its catalogue has the plural forms.
    if (!ours->load(QLocale(), u"parlour"_s, u"_"_s, folder)
        && !ours->load(u"parlour_en"_s, folder))
        qFatal("The catalogues are not in this program.");
    QApplication::installTranslator(ours);

    // Qt's own words in the same language, so that no menu mixes two.
    auto *ofQt = new QTranslator(&application);
    if (ofQt->load(QLocale(ours->language()), u"qtbase"_s, u"_"_s,
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(ofQt);
}

} // namespace parlour
