// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/person_names.h"

#include "chat/text_rules.h"

#include <QRandomGenerator>

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

bool isZeroWidth(QChar c)
{
    const char16_t u = c.unicode();
    return c.category() == QChar::Other_Format || u == 0x034F || u == 0x115F || u == 0x1160
        || u == 0x3164 || u == 0xFFA0 || (u >= 0xFE00 && u <= 0xFE0F);
}

Error badName(const QString &why)
{
    return {u"bad_name"_s, why};
}

} // namespace

Expected<QString> checkPersonName(const QString &name)
{
    if (name.size() > 16 * MaxPersonNameLength)
        return badName(u"A name has at most %1 characters."_s.arg(MaxPersonNameLength));
    const QString normal = name.normalized(QString::NormalizationForm_C).trimmed();
    if (nameSkeleton(normal).isEmpty())
        return badName(u"A name has at least one visible character."_s);
    if (codePoints(normal) > MaxPersonNameLength)
        return badName(u"A name has at most %1 characters."_s.arg(MaxPersonNameLength));
    if (hasForbiddenCharacters(normal))
        return badName(u"A name has no control characters."_s);
    return normal;
}

QString nameSkeleton(const QString &name)
{
    QString skeleton;
    const QString folded = name.normalized(QString::NormalizationForm_KC);
    for (const QChar c : folded) {
        if (!isZeroWidth(c))
            skeleton += latinLookAlike(c);
    }
    return skeleton.simplified();
}

Expected<QString> NameRegister::take(const QString &wanted)
{
    const QString skeleton = nameSkeleton(wanted);
    if (!m_names.contains(skeleton)) {
        m_names.insert(skeleton, wanted);
        return wanted;
    }
    if (!m_names.contains(skeleton, wanted)) {
        return badName(
            u"The name looks like \"%1\", who is here already. Choose another one."_s.arg(
                m_names.value(skeleton)));
    }
    constexpr int Small = 20; // beyond, a free number is found faster by chance
    for (int number = 2;; ++number) {
        const int suffix =
            number < Small ? number : QRandomGenerator::global()->bounded(Small, 1'000'000);
        const QString name = wanted + u'#' + QString::number(suffix);
        if (contains(name))
            continue;
        m_names.insert(nameSkeleton(name), name);
        return name;
    }
}

void NameRegister::release(const QString &name)
{
    m_names.remove(nameSkeleton(name), name);
}

bool NameRegister::contains(const QString &name) const
{
    return m_names.contains(nameSkeleton(name), name);
}

} // namespace parlour::chat
