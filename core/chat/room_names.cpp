// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_names.h"

#include "channels/names.h"
#include "chat/text_rules.h"

#include <QCryptographicHash>

#include <string_view>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

namespace {

// RFC 4648, without padding: a group's name takes no "=".
QString base32(const QByteArray &bytes)
{
    static constexpr std::string_view Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QString text;
    quint32 bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 5; count -= 5)
            text += QLatin1Char(Alphabet[(bits >> (count - 5)) & 31]);
    }
    if (count > 0)
        text += QLatin1Char(Alphabet[(bits << (5 - count)) & 31]);
    return text;
}

QString whatIsWrongWith(const QString &title)
{
    if (title.isEmpty())
        return u"it is empty"_s;
    if (codePoints(title) > MaxTitleLength)
        return u"it has more than %1 characters"_s.arg(MaxTitleLength);
    if (title == "."_L1 || title == ".."_L1)
        return u"it is a path"_s;
    if (title.contains(u'/') || title.contains(u'\\'))
        return u"it has a slash"_s;
    if (title.front().isSpace() || title.back().isSpace())
        return u"it begins or ends with a space"_s;
    if (hasForbiddenCharacters(title))
        return u"it has control characters"_s;
    if (isBlank(title))
        return u"it has no visible character"_s;
    return {};
}

} // namespace

Expected<QString> checkRoomTitle(const QString &title)
{
    // Checked before the normalisation too, which would take its time over a megabyte.
    const QString normal = title.size() > 4 * qsizetype(MaxTitleLength)
        ? title
        : title.normalized(QString::NormalizationForm_C);
    const QString wrong = whatIsWrongWith(normal);
    if (wrong.isEmpty())
        return normal;
    return Error{u"bad_room"_s, u"This is no name for a room: %1."_s.arg(wrong)};
}

Expected<QString> checkTopic(const QString &topic)
{
    const QString normal = topic.size() > 4 * qsizetype(MaxTopicLength)
        ? topic
        : topic.normalized(QString::NormalizationForm_C).trimmed();
    if (codePoints(normal) > MaxTopicLength) {
        return Error{u"bad_topic"_s, u"A topic has at most %1 characters."_s.arg(MaxTopicLength)};
    }
    if (hasForbiddenCharacters(normal))
        return Error{u"bad_topic"_s, u"A topic has no control characters."_s};
    return normal;
}

QString roomGroup(const QString &title)
{
    const QString plain = u"chat_"_s + title;
    if (channels::isGroupName(plain))
        return plain;
    return u"parlour.room."_s
        + base32(QCryptographicHash::hash(title.toUtf8(), QCryptographicHash::Sha256));
}

} // namespace parlour::chat
