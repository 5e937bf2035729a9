// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>

#include <utility>

namespace parlour::chat {

/// Writes compact JSON in the order of its calls (QJsonDocument sorts keys). The caller keeps the
/// nesting right: every begin has its end, every value of an object its key.
class JsonWriter
{
public:
    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(QLatin1StringView name) { return key(QString(name)); }
    JsonWriter &key(const QString &name);

    JsonWriter &value(const QString &text);
    JsonWriter &value(qint64 number);
    JsonWriter &value(quint64 number);
    JsonWriter &value(int number) { return value(qint64(number)); }
    /// What JSON cannot write (infinite, no number) becomes 0.
    JsonWriter &value(double number);
    JsonWriter &value(bool flag);
    JsonWriter &null();
    /// JSON that is written already.
    JsonWriter &raw(QByteArrayView json);

    template <typename T>
    JsonWriter &field(QLatin1StringView name, const T &content)
    {
        return key(name).value(content);
    }
    /// Leaves an empty text out.
    JsonWriter &optionalField(QLatin1StringView name, const QString &text)
    {
        return text.isEmpty() ? *this : field(name, text);
    }

    /// As base64url without padding; leaves an empty value out.
    JsonWriter &optionalBytes(QLatin1StringView name, const QByteArray &bytes);

    QByteArray take() { return std::exchange(m_json, {}); }

private:
    void separate();

    QByteArray m_json;
    bool m_needsComma = false;
};

/// A JSON string, with its quotes.
QByteArray jsonString(const QString &text);

} // namespace parlour::chat
