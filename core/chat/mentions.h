// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// Who is spoken to by name in a text.
namespace parlour::chat {

struct Mention {
    qsizetype start = 0; ///< of the '@', in UTF-16 units
    qsizetype length = 0; ///< the '@' included
    qsizetype name = 0; ///< which of the names

    friend bool operator==(const Mention &, const Mention &) = default;
};

/// Every "@Name" of the text, in its order: not within a word, in any case of letters, the longest
/// name where several fit. "@Ann" is not there in "@Anna" nor in "@Ann#2", which is another
/// person's name.
QList<Mention> mentionsIn(const QString &text, const QStringList &names);

} // namespace parlour::chat
