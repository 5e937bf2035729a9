// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/theme.h"

#include <QLocale>
#include <QStringList>
#include <QTextBoundaryFinder>

namespace parlour::widgets {

namespace {

quint32 fnv1a32(const QByteArray &bytes)
{
    quint32 hash = 2166136261U;
    for (const char byte : bytes) {
        hash ^= static_cast<quint8>(byte);
        hash *= 16777619U;
    }
    return hash;
}

QString firstGrapheme(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const qsizetype end = finder.toNextBoundary();
    return end > 0 ? word.left(end) : QString();
}

bool isInBrackets(const QString &word)
{
    const QChar first = word.front();
    const QChar last = word.back();
    return (first == u'(' && last == u')') || (first == u'[' && last == u']')
        || (first == u'{' && last == u'}');
}

QString withoutLeadingPunctuation(const QString &word)
{
    qsizetype from = 0;
    while (from < word.size() && word.at(from).isPunct()) {
        ++from;
    }
    return word.mid(from);
}

} // namespace

QColor avatarColour(const QString &id)
{
    const auto &palette = avatarPalette();
    return palette.at(fnv1a32(id.toUtf8()) % palette.size());
}

QString avatarLetters(const QString &name)
{
    QString letters;
    int words = 0;
    for (const QString &part : name.simplified().split(u' ', Qt::SkipEmptyParts)) {
        if (isInBrackets(part)) {
            continue;
        }
        const QString word = withoutLeadingPunctuation(part);
        if (word.isEmpty()) {
            continue;
        }
        letters += firstGrapheme(word);
        if (++words == 2) {
            break;
        }
    }
    // A name of brackets and marks alone still needs a letter.
    return QLocale().toUpper(letters.isEmpty() ? firstGrapheme(name.simplified()) : letters);
}

} // namespace parlour::widgets
