// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QList>
#include <QString>
#include <QStringList>

/// Which words a text has, and whether a search finds them: the same for every log, for the window
/// and (resources/web/static/search_words.js) for the page.
namespace parlour::chat {

inline constexpr int MaxSearchLength = 200; ///< of what is searched for, in code points
inline constexpr int MaxSearchWords = 10;

/// Reads the words of a text one after the other: runs of letters and digits, and each Han,
/// Hiragana or Katakana character for itself. They are folded: small letters, without the
/// accents of Latin letters, е for ё, compatibility forms as what they stand for. Invisible
/// characters are not there; of a word the first 200 UTF-16 units count, of a text the first
/// 32 Ki.
class WordReader
{
public:
    explicit WordReader(QStringView text);

    /// Goes to the next word; false where there is none.
    bool next();
    /// Folded; valid until next().
    QStringView word() const { return m_word; }
    /// Where it stands in the text, in UTF-16 units.
    qsizetype begin() const { return m_begin; }
    qsizetype end() const { return m_end; }

private:
    void fold(char32_t c);
    void addMark(char32_t mark);
    void add(char32_t c);

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_word;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    bool m_isAlone = false; ///< a word of one character
    bool m_keepsMarks = false; ///< those on the last letter make another letter of it
};

/// The words that a search looks for, folded, each once. Fails (bad_search) where there is none,
/// or too many, or the text is too long.
channels::Expected<QStringList> searchedWords(const QString &text);

/// Whether each of these words is the beginning of one of the text's, letter by letter: й does not
/// begin with и.
bool hasWords(QStringView text, const QStringList &words);

struct TextRange {
    qsizetype begin = 0; ///< in UTF-16 units
    qsizetype end = 0;

    friend bool operator==(const TextRange &, const TextRange &) = default;
};
/// The words of the text that begin with one of these, in their order: to be shown as what was
/// found.
QList<TextRange> foundIn(QStringView text, const QStringList &words);

} // namespace parlour::chat
