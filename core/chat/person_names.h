// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QHash>
#include <QString>

/// What a person may be called beside those who are present.
namespace parlour::chat {

inline constexpr int MaxPersonNameLength = 40;

/// The name in NFC, trimmed: 1 to 40 code points, something to see, no control or bidi characters,
/// no word that mixes scripts otherwise than Chinese, Japanese and Korean do. Fails (bad_name) and
/// says why.
channels::Expected<QString> checkPersonName(const QString &name);

/// As checkPersonName(), of a name that a host has given to somebody: it may end in a number as
/// NameRegister gives it.
channels::Expected<QString> checkShownName(const QString &name);

/// What is left of a name when it is looked at quickly: two names of one skeleton are taken for
/// each other. Without invisible characters, with the letters of other scripts that look Latin as
/// Latin ones.
QString nameSkeleton(const QString &name);

/// The names of those who are present: none twice, none that looks like another.
class NameRegister
{
public:
    /// The name that the person gets: the wanted one, or "name#2" where it is taken. Fails
    /// (bad_name) for what looks like another present name.
    channels::Expected<QString> take(const QString &wanted);
    /// "name#2", or with the first number that is free.
    QString takeNumbered(const QString &wanted);
    /// Somebody has the name whom another host has let in, whoever else has it.
    void note(const QString &name);
    /// Undoes one take() or note().
    void release(const QString &name);
    bool contains(const QString &name) const;
    /// Whether it has the name, or one that looks like it.
    bool hasAlike(const QString &name) const { return m_names.contains(nameSkeleton(name)); }

private:
    QMultiHash<QString, QString> m_names; ///< by skeleton; once for each who has it
};

} // namespace parlour::chat
