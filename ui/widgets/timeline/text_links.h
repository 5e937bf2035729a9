// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace parlour::widgets {

/// A stretch of a text that opens a page.
struct TextLink {
    int start = 0; ///< UTF-16 units
    int length = 0;
    QUrl url; ///< http or https, with a host

    friend bool operator==(const TextLink &, const TextLink &) = default;
};

/// The http and https addresses in a text; no other scheme ever. Punctuation that ends the sentence
/// is not part of the address. At most 100.
QList<TextLink> findLinks(const QString &text);

} // namespace parlour::widgets
