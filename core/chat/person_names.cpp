// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/person_names.h"

#include "chat/text_rules.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

namespace {

struct LookAlikes {
    QStringView theirs;
    QStringView latin;
};

// Letters that most typefaces draw like a Latin one (Unicode's confusables, its commonest part).
constexpr std::array<LookAlikes, 2> Scripts{{
    {u"АВЕЅІЈКМНОРСТХУаеѕіјорсухһԁԛԝ", u"ABESIJKMHOPCTXYaesijopcyxhdqw"},
    {u"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικνυ", u"ABEZHIKMNOPTYXoikvu"},
}};

QChar latinLookAlike(QChar c)
{
    for (const LookAlikes &script : Scripts) {
        if (const auto at = script.theirs.indexOf(c); at >= 0)
            return script.latin.at(at);
    }
    return c;
}

// Which scripts one word may have beside each other (Unicode's UTS 39, "highly restrictive").
constexpr int Japanese = 1;
constexpr int Korean = 2;
constexpr int Bopomofo = 4;

/// The mixtures that a letter of the script may be part of.
int mixturesOf(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Latin:
    case QChar::Script_Han:
        return Japanese | Korean | Bopomofo;
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return Japanese;
    case QChar::Script_Hangul:
        return Korean;
    case QChar::Script_Bopomofo:
        return Bopomofo;
    default:
        return 0;
    }
}

/// Whether a word has letters that are not written together: what a look-alike is made of.
bool mixesScripts(const QString &name)
{
    const int all = Japanese | Korean | Bopomofo;
    QChar::Script first = QChar::Script_Unknown;
    int mixtures = all;
    const auto points = name.toUcs4();
    for (const char32_t c : points) {
        const QChar::Script script = QChar::script(c);
        if (QChar::isSpace(c)) {
            first = QChar::Script_Unknown;
            mixtures = all;
        } else if (script > QChar::Script_Common) { // else unknown, inherited or common
            mixtures &= mixturesOf(script);
            if (first == QChar::Script_Unknown)
                first = script;
            if (script != first && mixtures == 0)
                return true;
        }
    }
    return false;
}

Error badName(const QString &why)
{
    return {u"bad_name"_s, why};
}

} // namespace

Expected<QString> checkPersonName(const QString &name)
{
    if (name.size() > 16 * qsizetype(MaxPersonNameLength))
        return badName(u"A name has at most %1 characters."_s.arg(MaxPersonNameLength));
    const QString normal = name.normalized(QString::NormalizationForm_C).trimmed();
    if (isBlank(normal))
        return badName(u"A name has at least one visible character."_s);
    if (codePoints(normal) > MaxPersonNameLength)
        return badName(u"A name has at most %1 characters."_s.arg(MaxPersonNameLength));
    if (hasForbiddenCharacters(normal))
        return badName(u"A name has no control characters."_s);
    if (mixesScripts(normal)) {
        return badName(u"A word of the name mixes letters of several alphabets, so it looks like "
                       "another word. Use one alphabet for each word."_s);
    }
    return normal;
}

Expected<QString> checkShownName(const QString &name)
{
    constexpr qsizetype MostDigits = 6;
    qsizetype end = name.size();
    while (end > 0 && name.size() - end < MostDigits && name.at(end - 1).isDigit())
        --end;
    const bool isNumbered = end > 1 && end < name.size() && name.at(end - 1) == u'#';
    if (!isNumbered)
        return checkPersonName(name);
    const auto checked = checkPersonName(name.left(end - 1));
    return checked ? *checked + name.mid(end - 1) : checked;
}

QString nameSkeleton(const QString &name)
{
    const auto isAscii = [](QChar c) { return c >= u' ' && c <= u'~'; };
    if (std::all_of(name.begin(), name.end(), isAscii))
        return name.simplified();
    QString visible;
    const auto points = name.toUcs4();
    for (const char32_t c : points) {
        if (!isInvisible(c))
            visible += QChar::fromUcs4(c);
    }
    // Decomposed, so that a letter is a look-alike under its accents too.
    QString skeleton = visible.normalized(QString::NormalizationForm_KD);
    for (QChar &c : skeleton)
        c = latinLookAlike(c);
    return skeleton.simplified();
}

Expected<QString> NameRegister::take(const QString &wanted)
{
    const QString skeleton = nameSkeleton(wanted);
    const auto alike = m_names.constFind(skeleton);
    if (alike == m_names.constEnd()) {
        note(wanted);
        return wanted;
    }
    if (!m_names.contains(skeleton, wanted)) {
        return badName(
            u"The name looks like \"%1\", who is here already. Choose another one."_s.arg(*alike));
    }
    return takeNumbered(wanted);
}

QString NameRegister::takeNumbered(const QString &wanted)
{
    constexpr int Small = 20; // beyond, a free number is found faster by chance
    for (int number = 2;; ++number) {
        const int suffix =
            number < Small ? number : QRandomGenerator::global()->bounded(Small, 1'000'000);
        const QString name = wanted + u'#' + QString::number(suffix);
        if (contains(name))
            continue;
        note(name);
        return name;
    }
}

void NameRegister::note(const QString &name)
{
    m_names.insert(nameSkeleton(name), name);
}

void NameRegister::release(const QString &name)
{
    const auto one = m_names.constFind(nameSkeleton(name), name);
    if (one != m_names.constEnd())
        m_names.erase(one);
}

bool NameRegister::contains(const QString &name) const
{
    return m_names.contains(nameSkeleton(name), name);
}

} // namespace parlour::chat
