// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/scope.h"

#include <QRegularExpression>

#include <optional>
#include <vector>

namespace parlour::channels {

/// What a path has to look like, and what is captured from it. Two kinds, as in Django:
/// path() patterns are text with converters, regular expressions are searched for.
class UrlPattern
{
public:
    /// Whether the pattern has to take the whole path, or leaves a rest to a nested table.
    enum class Extent { Whole, Prefix };

    /// "ws/chat/<slug:room>/". Converters, by Django's rules:
    /// int: `[0-9]+`, captured as qlonglong (what does not fit matches nothing); str (also "<name>"
    /// alone): no slash; slug: ASCII letters, digits, hyphens and underscores; uuid: lower case,
    /// captured as QUuid; path: anything, slashes too. Fails (bad_route) for an unknown converter,
    /// a name that is no identifier or stands twice, blanks in angle brackets, and for what is
    /// plainly meant as a regular expression ("(?P<", "^…", "…$").
    static Expected<UrlPattern> path(const QString &text, Extent extent);
    /// As in re_path(): searched anywhere; with Extent::Whole and a '$' at its end it has to take
    /// the whole path. Captures text. If any group is named, unnamed ones are ignored; named groups
    /// that took no part are left out. Fails (bad_route) where it is no regular expression.
    static Expected<UrlPattern> regularExpression(const QString &text, Extent extent);

    struct Match {
        UrlRoute captured;
        QString remaining; ///< the path behind what matched
    };
    /// `path` has no leading slash.
    std::optional<Match> match(const QString &path) const;

private:
    struct Parameter {
        QString name;
        QVariant (*convert)(const QString &text); ///< an invalid value: no match after all
    };
    struct Converter;

    explicit UrlPattern(QRegularExpression expression);
    static const Converter *converterCalled(QStringView name);
    bool captureParameters(const QRegularExpressionMatch &match, UrlRoute &captured) const;

    QRegularExpression m_expression;
    std::optional<std::vector<Parameter>> m_parameters; ///< of a path(); null: regular expression
};

} // namespace parlour::channels
