// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_value.h"

#include "chat/json_reader.h"
#include "chat/json_writer.h"

#include <algorithm>
#include <cmath>

namespace parlour::chat {

namespace {

using simdjson::dom::element_type;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

// As deep as the parser lets it be.
QVariant variantOf(simdjson::dom::element element) // NOLINT(misc-no-recursion)
{
    switch (element.type()) {
    case element_type::ARRAY: {
        QVariantList list;
        for (const auto item : simdjson::dom::array(element))
            list.append(variantOf(item));
        return list;
    }
    case element_type::OBJECT: {
        QVariantMap map;
        for (const auto field : simdjson::dom::object(element))
            map.insert(textOf(field.key), variantOf(field.value));
        return map;
    }
    case element_type::INT64:
        return qint64(int64_t(element));
    case element_type::UINT64:
        return quint64(uint64_t(element));
    case element_type::DOUBLE:
        return double(element);
    case element_type::STRING:
        return textOf(std::string_view(element));
    case element_type::BOOL:
        return bool(element);
    case element_type::NULL_VALUE:
        break;
    }
    return QVariant::fromValue(nullptr);
}

void write(JsonWriter &json, const QVariant &value, size_t depth) // NOLINT(misc-no-recursion)
{
    if (depth > JsonLimits::Depth) {
        json.null();
        return;
    }
    switch (value.typeId()) {
    case QMetaType::QVariantList: {
        json.beginArray();
        const QVariantList list = value.toList();
        for (const QVariant &item : list)
            write(json, item, depth + 1);
        json.endArray();
        break;
    }
    case QMetaType::QVariantMap: {
        json.beginObject();
        const QVariantMap map = value.toMap();
        for (auto it = map.cbegin(); it != map.cend(); ++it)
            write(json.key(it.key()), it.value(), depth + 1);
        json.endObject();
        break;
    }
    case QMetaType::QString:
        json.value(value.toString());
        break;
    case QMetaType::Bool:
        json.value(value.toBool());
        break;
    case QMetaType::Int:
    case QMetaType::LongLong:
        json.value(value.toLongLong());
        break;
    case QMetaType::UInt:
    case QMetaType::ULongLong:
        json.value(quint64(value.toULongLong()));
        break;
    case QMetaType::Double:
        json.value(value.toDouble());
        break;
    default:
        json.null();
    }
}

bool isJsonAt(const QVariant &value, size_t depth) // NOLINT(misc-no-recursion)
{
    if (depth > JsonLimits::Depth)
        return false;
    const auto isItem = [depth](const QVariant &item) { return isJsonAt(item, depth + 1); };
    switch (value.typeId()) {
    case QMetaType::QVariantList: {
        const QVariantList list = value.toList();
        return std::all_of(list.begin(), list.end(), isItem);
    }
    case QMetaType::QVariantMap: {
        const QVariantMap map = value.toMap();
        return std::all_of(map.begin(), map.end(), isItem);
    }
    case QMetaType::Double:
        return std::isfinite(value.toDouble());
    case QMetaType::QString:
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::LongLong:
    case QMetaType::UInt:
    case QMetaType::ULongLong:
    case QMetaType::Nullptr:
    case QMetaType::UnknownType: // an invalid variant is null
        return true;
    default:
        return false;
    }
}

} // namespace

QVariant variantOfJson(QByteArrayView json)
{
    const auto element = parseJson(json);
    return element ? variantOf(*element) : QVariant();
}

QByteArray jsonOfVariant(const QVariant &value)
{
    JsonWriter json;
    write(json, value, 0);
    return json.take();
}

bool isJson(const QVariant &value)
{
    return isJsonAt(value, 0);
}

} // namespace parlour::chat
