// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/core_keys.h"

#include "channels/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::redis {

namespace {

constexpr QLatin1StringView InFlight("$inflight");
constexpr QLatin1StringView GroupPart(":group:");
constexpr qsizetype ProcessSize = 32;

bool isHex(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

} // namespace

QString CoreKeys::inbox(const QString &namePrefix) const
{
    return namePrefix + u'.' + process + u'!';
}

QByteArray CoreKeys::group(const QString &name) const
{
    return (prefix + GroupPart + name).toUtf8();
}

QByteArray CoreKeys::messages(const QString &channel) const
{
    return (prefix + inboxOf(channel)).toUtf8();
}

QString CoreKeys::sharedChannel(const QByteArray &key) const
{
    const QByteArray before = prefix.toUtf8();
    return key.startsWith(before) ? QString::fromUtf8(key.sliced(before.size())) : QString();
}

bool CoreKeys::isOwn(const QString &channel) const
{
    return processOf(channel) == process;
}

bool CoreKeys::isShapedAsOurs(const QByteArray &key) const
{
    QString name = QString::fromUtf8(key);
    if (!name.startsWith(prefix))
        return false;
    name.remove(0, prefix.size());
    if (name.startsWith(GroupPart))
        return channels::isGroupName(QStringView(name).sliced(GroupPart.size()));
    if (name.endsWith(InFlight))
        name.chop(InFlight.size());
    const QString owner = processOf(name);
    return name.endsWith(u'!') && owner.size() == ProcessSize && isHex(owner)
        && channels::isChannelName(name);
}

QString inboxOf(const QString &channel)
{
    const auto mark = channel.indexOf(u'!');
    return mark < 0 ? channel : channel.first(mark + 1);
}

QString processOf(const QString &channel)
{
    const auto mark = channel.indexOf(u'!');
    if (mark < 1)
        return {};
    return channel.first(mark).section(u'.', -1);
}

} // namespace parlour::redis
