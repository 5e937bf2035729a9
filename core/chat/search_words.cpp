// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/search_words.h"

#include "chat/text_rules.h"

#include <QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

namespace {

constexpr qsizetype MaxWordLength = 200; ///< so that a text of one word costs no more than others
constexpr qsizetype MaxTextRead = qsizetype(32) * 1024; ///< a message through a layer may be longer
constexpr char32_t Diaeresis = 0x0308;
constexpr QChar FirstCombiningMark(0x0300); ///< of those for letters of several scripts
constexpr QChar LastCombiningMark(0x036F);

enum class Kind { Letter, Alone, Mark, Nothing, Other };

Kind kindOf(char32_t c)
{
    if (isInvisible(c))
        return Kind::Nothing;
    if (QChar::isMark(c))
        return Kind::Mark;
    if (!QChar::isLetterOrNumber(c))
        return Kind::Other;
    const QChar::Script script = QChar::script(c);
    const bool isAlone = script == QChar::Script_Han || script == QChar::Script_Hiragana
        || script == QChar::Script_Katakana;
    return isAlone ? Kind::Alone : Kind::Letter;
}

/// Latin letters that Unicode does not take apart, as they are typed where a keyboard has none.
QLatin1StringView plainLetters(char32_t c)
{
    switch (c) {
    case U'ß':
        return "ss"_L1;
    case U'æ':
        return "ae"_L1;
    case U'œ':
        return "oe"_L1;
    case U'ø':
        return "o"_L1;
    case U'ł':
        return "l"_L1;
    case U'đ':
        return "d"_L1;
    case U'ı':
        return "i"_L1;
    default:
        return {};
    }
}

/// A mark behind it would make another letter of its last one, like и of й. The vowel signs of
/// other scripts are letters of their own to those who type them.
bool isBeginning(QStringView beginning, QStringView word)
{
    if (!word.startsWith(beginning))
        return false;
    return word.size() == beginning.size() || word.at(beginning.size()) < FirstCombiningMark
        || word.at(beginning.size()) > LastCombiningMark;
}

bool beginsWithOne(QStringView word, const QStringList &beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [word](const QString &beginning) { return isBeginning(beginning, word); });
}

} // namespace

WordReader::WordReader(QStringView text)
    : m_text(text.first(std::min(text.size(), MaxTextRead)))
{
}

bool WordReader::next()
{
    m_word.resize(0);
    while (m_at < m_text.size()) {
        const qsizetype begin = m_at;
        char32_t c = m_text.at(m_at++).unicode();
        if (QChar::isHighSurrogate(c) && m_at < m_text.size() && m_text.at(m_at).isLowSurrogate())
            c = QChar::surrogateToUcs4(char16_t(c), m_text.at(m_at++).unicode());
        const Kind kind = kindOf(c);
        const bool isBegun = !m_word.isEmpty();
        if (kind == Kind::Nothing || (kind == Kind::Other && !isBegun))
            continue;
        if (kind == Kind::Other)
            return true;
        if (kind != Kind::Mark && isBegun && (m_isAlone || kind == Kind::Alone)) {
            m_at = begin;
            return true;
        }
        if (kind != Kind::Mark && !isBegun) {
            m_begin = begin;
            m_isAlone = kind == Kind::Alone;
        }
        fold(c);
        m_end = m_at;
    }
    return !m_word.isEmpty();
}

void WordReader::fold(char32_t c)
{
    if (c < 0x80)
        return add(c);
    if (QChar::decompositionTag(c) != QChar::NoDecomposition) {
        const auto parts = QChar::decomposition(c).toUcs4();
        for (const char32_t part : parts)
            fold(part);
    } else if (QChar::isMark(c)) {
        addMark(c);
    } else {
        add(c);
    }
}

void WordReader::addMark(char32_t mark)
{
    const bool isOfYo = mark == Diaeresis && m_word.endsWith(u'е');
    if (m_keepsMarks && !isOfYo && !m_word.isEmpty() && m_word.size() < MaxWordLength)
        m_word.append(QStringView(QChar::fromUcs4(mark)));
}

void WordReader::add(char32_t c)
{
    if (!QChar::isLetterOrNumber(c) || m_word.size() >= MaxWordLength)
        return;
    const char32_t folded = QChar::toCaseFolded(c);
    m_keepsMarks = QChar::isLetter(c) && QChar::script(c) != QChar::Script_Latin;
    if (const auto plain = plainLetters(folded); !plain.isEmpty())
        m_word.append(plain);
    else
        m_word.append(QStringView(QChar::fromUcs4(folded)));
}

Expected<QStringList> searchedWords(const QString &text)
{
    const QString code = u"bad_search"_s;
    if (codePoints(text) > MaxSearchLength)
        return Error{code, u"A search has at most %1 characters."_s.arg(MaxSearchLength)};
    QStringList words;
    for (WordReader reader(text); reader.next();) {
        if (!words.contains(reader.word()))
            words.append(reader.word().toString());
    }
    if (words.isEmpty())
        return Error{code, u"A search needs a word, of letters or digits."_s};
    if (words.size() > MaxSearchWords)
        return Error{code, u"A search has at most %1 words."_s.arg(MaxSearchWords)};
    return words;
}

bool hasWords(QStringView text, const QStringList &words)
{
    QVarLengthArray<bool, MaxSearchWords> isFound(words.size(), false);
    qsizetype missing = words.size();
    for (WordReader reader(text); missing > 0 && reader.next();) {
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (!isFound[i] && isBeginning(words.at(i), reader.word())) {
                isFound[i] = true;
                --missing;
            }
        }
    }
    return missing == 0;
}

QList<TextRange> foundIn(QStringView text, const QStringList &words)
{
    QList<TextRange> ranges;
    for (WordReader reader(text); reader.next();) {
        if (beginsWithOne(reader.word(), words))
            ranges.append({reader.begin(), reader.end()});
    }
    return ranges;
}

} // namespace parlour::chat
