// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/vector_values.h"

#include <QRegularExpression>

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;

namespace parlour::tests {

namespace {

QByteArray bytesOf(const QJsonValue &noted)
{
    return QByteArray::fromHex(noted["$bytes"_L1].toString().toLatin1());
}

QString keyOf(const QJsonValue &noted)
{
    return noted.isObject() ? QString::fromUtf8(bytesOf(noted)) : noted.toString();
}

double floatOf(const QString &noted)
{
    if (noted == "nan"_L1)
        return qQNaN();
    if (noted.endsWith("inf"_L1))
        return noted.startsWith(u'-') ? -qInf() : qInf();
    return noted.toDouble();
}

QVariant wholeOf(const QString &noted)
{
    bool fits = false;
    const qint64 number = noted.toLongLong(&fits);
    return fits ? QVariant(number) : QVariant(noted.toULongLong());
}

} // namespace

QVariant valueOf(const QJsonValue &noted)
{
    if (noted.isDouble())
        return noted.toInteger();
    if (noted.isArray()) {
        QVariantList list;
        for (const auto &item : noted.toArray())
            list.append(valueOf(item));
        return list;
    }
    if (!noted.isObject())
        return noted.toVariant();
    const auto object = noted.toObject();
    if (object.contains("$bytes"_L1))
        return bytesOf(object);
    if (object.contains("$float"_L1))
        return floatOf(object["$float"_L1].toString());
    if (object.contains("$int"_L1))
        return wholeOf(object["$int"_L1].toString());
    return mapOf(pairsOf(object));
}

Pairs pairsOf(const QJsonObject &noted)
{
    Pairs pairs;
    for (const auto &pair : noted["$map"_L1].toArray())
        pairs.append({keyOf(pair[0]), valueOf(pair[1])});
    return pairs;
}

Pairs pairsOfRule(const QJsonObject &rule)
{
    const QString kind = rule["kind"_L1].toString();
    const int count = rule["count"_L1].toInt();
    QVariant value;
    if (kind == "str"_L1) {
        value = rule["repeat"_L1].toString().repeated(count);
    } else if (kind == "array"_L1) {
        value = QVariantList(count, valueOf(rule["repeat"_L1]));
    } else if (kind == "bin"_L1) {
        QByteArray bytes(count, 0);
        for (int i = 0; i < count; ++i)
            bytes[i] = char(i % 256);
        value = bytes;
    } else {
        QVariantMap map;
        for (int i = 0; i < count; ++i)
            map.insert(QString::number(i), valueOf(rule["value"_L1]));
        value = map;
    }
    return {{rule["key"_L1].toString(), value}};
}

QVariantMap mapOf(const Pairs &pairs)
{
    QVariantMap map;
    for (const auto &[key, value] : pairs)
        map.insert(key, value);
    return map;
}

Pairs messageOf(const QJsonObject &vector)
{
    return vector.contains("message_rule"_L1) ? pairsOfRule(vector["message_rule"_L1].toObject())
                                              : pairsOf(vector["message"_L1].toObject());
}

QByteArray bodyOf(const QJsonObject &vector)
{
    static const QRegularExpression rule(u"^(\\w+) repeated (\\d+) times, then (\\w+)$"_s);
    const QString hex = vector["body_hex"_L1].toString();
    const auto match = rule.match(hex);
    if (!match.hasMatch())
        return QByteArray::fromHex(hex.toLatin1());
    return QByteArray::fromHex(match.captured(1).toLatin1()).repeated(match.captured(2).toInt())
        + QByteArray::fromHex(match.captured(3).toLatin1());
}

bool isSameValue(const QVariant &a, const QVariant &b)
{
    if (a.typeId() != b.typeId())
        return false;
    if (a.typeId() == QMetaType::Double)
        return std::bit_cast<quint64>(a.toDouble()) == std::bit_cast<quint64>(b.toDouble());
    if (a.typeId() == QMetaType::QVariantList) {
        const auto left = a.toList();
        const auto right = b.toList();
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), isSameValue);
    }
    if (a.typeId() == QMetaType::QVariantMap) {
        const auto left = a.toMap();
        const auto right = b.toMap();
        return left.keys() == right.keys()
            && std::equal(left.begin(), left.end(), right.begin(), right.end(), isSameValue);
    }
    return a == b;
}

} // namespace parlour::tests
