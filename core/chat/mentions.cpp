// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/mentions.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace parlour::chat {

namespace {

using CodePoints = QList<uint>;

// Each code point by itself, so that a folded text has as many of them as the text.
CodePoints foldedPoints(const QString &text)
{
    CodePoints points = text.toUcs4();
    for (uint &c : points)
        c = QChar::toCaseFolded(c);
    return points;
}

bool isOfWord(uint c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || c == U'_';
}

/// Whether the name that ended here goes on: as a word, or with another person's number.
bool goesOn(const CodePoints &text, qsizetype at)
{
    if (at >= text.size())
        return false;
    const bool isNumbered =
        text.at(at) == U'#' && at + 1 < text.size() && QChar::isDigit(text.at(at + 1));
    return isNumbered || isOfWord(text.at(at));
}

bool standsAt(const CodePoints &text, qsizetype at, const CodePoints &name)
{
    return !name.isEmpty() && name.size() <= text.size() - at
        && std::equal(name.begin(), name.end(), text.begin() + at)
        && !goesOn(text, at + name.size());
}

qsizetype unitsOf(uint c)
{
    return QChar::requiresSurrogates(c) ? 2 : 1;
}

} // namespace

QList<Mention> mentionsIn(const QString &text, const QStringList &names)
{
    QList<Mention> found;
    if (!text.contains(u'@'))
        return found;
    std::vector<CodePoints> folded(size_t(names.size()));
    std::transform(names.begin(), names.end(), folded.begin(), foldedPoints);
    std::vector<size_t> longestFirst(folded.size());
    std::iota(longestFirst.begin(), longestFirst.end(), 0);
    std::stable_sort(longestFirst.begin(), longestFirst.end(),
                     [&folded](size_t a, size_t b) { return folded[a].size() > folded[b].size(); });

    const CodePoints points = foldedPoints(text);
    qsizetype start = 0;
    for (qsizetype at = 0; at < points.size(); start += unitsOf(points.at(at)), ++at) {
        if (points.at(at) != U'@' || (at > 0 && isOfWord(points.at(at - 1))))
            continue;
        const auto name = std::find_if(longestFirst.begin(), longestFirst.end(), [&](size_t which) {
            return standsAt(points, at + 1, folded[which]);
        });
        if (name == longestFirst.end())
            continue;
        found.append({start, 1 + names.at(qsizetype(*name)).size(), qsizetype(*name)});
    }
    return found;
}

} // namespace parlour::chat
