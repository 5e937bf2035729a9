// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/text_links.h"

#include <QRegularExpression>

#include <array>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostLinks = 100;

/// Without a closing bracket that was opened before the address, and without the sentence's end.
QStringView trimmed(QStringView address)
{
    constexpr std::array<std::pair<QChar, QChar>, 3> Brackets{
        {{u'(', u')'}, {u'[', u']'}, {u'{', u'}'}}};
    const QString sentenceEnds = u".,;:!?'\"»”’…*_"_s;
    for (;;) {
        if (address.isEmpty())
            return address;
        const QChar last = address.back();
        bool chop = sentenceEnds.contains(last);
        for (const auto &[open, close] : Brackets)
            chop = chop || (last == close && address.count(close) > address.count(open));
        if (!chop)
            return address;
        address.chop(1);
    }
}

} // namespace

QList<TextLink> findLinks(const QString &text)
{
    // Control and bidi characters end an address: they could make it look like another one.
    static const QRegularExpression pattern(uR"((?<![\p{L}\p{N}])https?://[^\s<>"\p{Cc}\p{Cf}]+)"_s,
                                            QRegularExpression::CaseInsensitiveOption
                                                | QRegularExpression::UseUnicodePropertiesOption);
    QList<TextLink> links;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext() && links.size() < MostLinks) {
        const auto match = matches.next();
        const QStringView address = trimmed(match.capturedView());
        const QUrl url(address.toString(), QUrl::StrictMode);
        const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        if (url.isValid() && isWeb && !url.host().isEmpty())
            links.append({int(match.capturedStart()), int(address.size()), url});
    }
    return links;
}

} // namespace parlour::widgets
