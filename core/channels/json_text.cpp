// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parlour::channels {

// QJsonDocument takes objects and arrays alone, so every value travels as the only one of an array.
Expected<QJsonValue> parsedJson(const QByteArray &text)
{
    QJsonParseError error;
    const auto values = QJsonDocument::fromJson('[' + text + ']', &error).array();
    if (error.error != QJsonParseError::NoError)
        return Error{u"bad_json"_s, error.errorString()};
    if (values.size() != 1)
        return Error{u"bad_json"_s, u"one value is expected, not %1"_s.arg(values.size())};
    return values.first();
}

QByteArray jsonText(const QJsonValue &json)
{
    const QByteArray array = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace parlour::channels
