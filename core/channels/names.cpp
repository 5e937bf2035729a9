// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

bool isNameCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9')
        || u == u'-' || u == u'_' || u == u'.';
}

bool allNameCharacters(QStringView text)
{
    return std::all_of(text.begin(), text.end(), isNameCharacter);
}

Error nameError(const QString &kind, const QString &name, int longest = MaxNameLength)
{
    return {u"bad_name"_s,
            u"\"%1\" is no %2: it takes 1 to %3 ASCII letters, digits, hyphens, underscores or "
            "periods"_s.arg(name.left(120), kind)
                .arg(longest)};
}

} // namespace

bool isGroupName(QStringView name)
{
    return !name.isEmpty() && name.size() <= MaxNameLength && allNameCharacters(name);
}

bool isChannelName(QStringView name)
{
    if (name.isEmpty() || name.size() > MaxNameLength)
        return false;
    const auto mark = name.indexOf(u'!');
    if (mark < 0)
        return allNameCharacters(name);
    return mark > 0 && allNameCharacters(name.first(mark))
        && allNameCharacters(name.sliced(mark + 1));
}

Expected<void> checkGroupName(const QString &name)
{
    if (isGroupName(name))
        return {};
    return nameError(u"group name"_s, name);
}

Expected<void> checkChannelName(const QString &name)
{
    if (isChannelName(name))
        return {};
    return nameError(u"channel name"_s, name);
}

Expected<void> checkChannelPrefix(const QString &prefix)
{
    if (isGroupName(prefix) && prefix.size() <= MaxPrefixLength)
        return {};
    return nameError(u"prefix of a channel name"_s, prefix, MaxPrefixLength);
}

Expected<void> checkSharedChannelName(const QString &name)
{
    if (isChannelName(name) && !name.contains(u'!'))
        return {};
    return nameError(u"shared channel name"_s, name);
}

} // namespace parlour::channels
