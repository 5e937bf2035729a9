// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/url_pattern.h"

#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

Error badRoute(const QString &text, const QString &what)
{
    return {u"bad_route"_s, u"the route \"%1\" %2"_s.arg(text, what)};
}

QVariant toText(const QString &text)
{
    return text;
}

QVariant toInteger(const QString &text)
{
    bool fits = false;
    const qlonglong number = text.toLongLong(&fits);
    return fits ? QVariant(number) : QVariant();
}

QVariant toUuid(const QString &text)
{
    return QVariant::fromValue(QUuid(text));
}

bool isIdentifier(const QString &name)
{
    static const QRegularExpression identifier(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
    return identifier.match(name).hasMatch();
}

// If any group is named, unnamed ones are ignored; named groups that took no part are left out.
void captureGroups(const QRegularExpressionMatch &match, UrlRoute &captured)
{
    const QStringList names = match.regularExpression().namedCaptureGroups();
    bool anyNamed = false;
    for (qsizetype i = 1; i < names.size(); ++i) {
        if (names.at(i).isEmpty())
            continue;
        anyNamed = true;
        if (match.capturedStart(int(i)) >= 0)
            captured.kwargs.insert(names.at(i), match.captured(int(i)));
    }
    for (int i = 1; !anyNamed && i <= match.regularExpression().captureCount(); ++i)
        captured.args.append(match.captured(i));
}

} // namespace

struct UrlPattern::Converter {
    QLatin1StringView name;
    QLatin1StringView expression;
    QVariant (*convert)(const QString &text);
};

const UrlPattern::Converter *UrlPattern::converterCalled(QStringView name)
{
    static constexpr std::array<Converter, 5> Converters{{
        {"int"_L1, "([0-9]+)"_L1, toInteger},
        {"str"_L1, "([^/]+)"_L1, toText},
        {"slug"_L1, "([-a-zA-Z0-9_]+)"_L1, toText},
        {"uuid"_L1, "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"_L1, toUuid},
        {"path"_L1, "(.+)"_L1, toText},
    }};
    const auto *const found =
        std::find_if(Converters.begin(), Converters.end(),
                     [&](const Converter &converter) { return converter.name == name; });
    return found == Converters.end() ? nullptr : found;
}

UrlPattern::UrlPattern(QRegularExpression expression)
    : m_expression(std::move(expression))
{
    m_expression.optimize();
}

Expected<UrlPattern> UrlPattern::path(const QString &text, Extent extent)
{
    if (text.contains("(?P<"_L1) || text.startsWith(u'^') || text.endsWith(u'$'))
        return badRoute(text, u"looks like a regular expression: write it with rePath()"_s);

    static const QRegularExpression parameter(u"<(?:([^<>:]+):)?([^<>]+)>"_s);
    QString expression = uR"(\A)"_s;
    std::vector<Parameter> parameters;
    qsizetype literal = 0;
    for (auto it = parameter.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(2);
        const QString kind = match.captured(1).isEmpty() ? u"str"_s : match.captured(1);
        const Converter *converter = converterCalled(kind);
        if (!converter)
            return badRoute(text,
                            u"has an unknown converter \"%1\"; there are int, str, slug, uuid "
                            "and path"_s.arg(kind));
        if (!isIdentifier(name))
            return badRoute(text, u"has a parameter \"%1\", which is no identifier"_s.arg(name));
        if (std::any_of(parameters.begin(), parameters.end(),
                        [&](const Parameter &known) { return known.name == name; }))
            return badRoute(text, u"has the parameter \"%1\" twice"_s.arg(name));
        expression +=
            QRegularExpression::escape(text.mid(literal, match.capturedStart() - literal));
        expression += converter->expression;
        parameters.push_back({name, converter->convert});
        literal = match.capturedEnd();
    }
    expression += QRegularExpression::escape(text.mid(literal));
    if (extent == Extent::Whole)
        expression += R"(\z)"_L1;

    UrlPattern pattern{QRegularExpression(expression)};
    pattern.m_parameters = std::move(parameters);
    return pattern;
}

Expected<UrlPattern> UrlPattern::regularExpression(const QString &text, Extent extent)
{
    const bool matchesWhole = extent == Extent::Whole && text.endsWith(u'$');
    QRegularExpression expression(matchesWhole ? QRegularExpression::anchoredPattern(text) : text,
                                  QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid())
        return badRoute(text, u"is no regular expression: "_s + expression.errorString());
    return UrlPattern(std::move(expression));
}

std::optional<UrlPattern::Match> UrlPattern::match(const QString &path) const
{
    const auto match = m_expression.match(path);
    if (!match.hasMatch())
        return std::nullopt;
    Match result;
    result.remaining = path.mid(match.capturedEnd());
    if (!m_parameters)
        captureGroups(match, result.captured);
    else if (!captureParameters(match, result.captured))
        return std::nullopt;
    return result;
}

bool UrlPattern::captureParameters(const QRegularExpressionMatch &match, UrlRoute &captured) const
{
    for (size_t i = 0; i < m_parameters->size(); ++i) {
        const Parameter &parameter = m_parameters->at(i);
        const QVariant value = parameter.convert(match.captured(int(i) + 1));
        if (!value.isValid())
            return false;
        captured.kwargs.insert(parameter.name, value);
    }
    return true;
}

} // namespace parlour::channels
