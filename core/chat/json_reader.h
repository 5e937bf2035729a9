// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <limits>
#include <optional>
#include <simdjson.h>

/// Strict reading of JSON objects. Private to the sources of this folder: nobody else sees
/// simdjson.
namespace parlour::chat {

/// What is read of hostile bytes. Fields have narrower bounds of their own.
struct JsonLimits {
    static constexpr qsizetype DocumentBytes = qsizetype(32) * 1024 * 1024;
    static constexpr qsizetype TextBytes = qsizetype(1) * 1024 * 1024;
    static constexpr size_t Depth = 64;
    /// The largest integer that a JavaScript client keeps exactly.
    static constexpr qint64 Integer = (qint64(1) << 53) - 1;
};

/// The whole document, valid until the next call in this thread. Fails (bad_json) for what is no
/// JSON: lone surrogates and numbers beyond 64 bits included.
channels::Expected<simdjson::dom::element> parseJson(QByteArrayView utf8);

/// The first thing that was wrong with a document; shared by all readers of it.
class JsonProblem
{
public:
    bool isSet() const { return !m_text.isEmpty(); }
    const QString &text() const { return m_text; }
    void set(const QString &text);

private:
    QString m_text;
};

/// Reads the members of one object. A member that is missing, or of the wrong kind or size, is
/// reported to the problem by its name; the caller goes on with an empty value and asks at the end.
class JsonReader
{
public:
    JsonReader(std::optional<simdjson::dom::object> object, JsonProblem &problem,
               QString path = {});

    bool has(const char *name) const;
    QString text(const char *name) const;
    /// Empty where there is none.
    QString optionalText(const char *name) const;
    /// Bytes written as base64url without padding, exactly `size` of them.
    QByteArray bytes(const char *name, qsizetype size) const;
    QByteArray optionalBytes(const char *name, qsizetype size) const;
    qint64 integer(const char *name, qint64 least = 0, qint64 most = JsonLimits::Integer) const;
    qint64 optionalInteger(const char *name) const;
    int smallInteger(const char *name, int least = 0) const;
    double number(const char *name) const;
    bool flag(const char *name) const;
    bool optionalFlag(const char *name) const;
    JsonReader object(const char *name) const;
    QList<QString> texts(const char *name) const;

    template <typename T>
    QList<T> list(const char *name, T (*read)(const JsonReader &)) const
    {
        QList<T> values;
        forEachElement(name, [&](simdjson::dom::element element, const QString &path) {
            values.append(read(asReader(element, path)));
        });
        return values;
    }
    template <typename T>
    QList<T> optionalList(const char *name, T (*read)(const JsonReader &)) const
    {
        return has(name) ? list(name, read) : QList<T>();
    }
    /// Every member of an object of integers.
    template <typename Visit>
    void forEachInteger(Visit visit) const
    {
        if (!m_object)
            return;
        for (const auto field : *m_object) {
            const auto key = QByteArray(field.key.data(), qsizetype(field.key.size()));
            visit(QString::fromUtf8(key), integer(key.constData()));
        }
    }

private:
    using Element = simdjson::dom::element;

    std::optional<Element> find(const char *name) const;
    std::optional<Element> required(const char *name) const;
    QString checkedText(Element element, const QString &path) const;
    JsonReader asReader(Element element, const QString &path) const;
    QString pathOf(const char *name) const;
    void wrong(const QString &path, const QString &what) const;

    template <typename Visit>
    void forEachElement(const char *name, Visit visit) const
    {
        const auto element = required(name);
        simdjson::dom::array array;
        if (!element)
            return;
        if (element->get(array) != simdjson::SUCCESS) {
            wrong(pathOf(name), QStringLiteral("must be a list"));
            return;
        }
        const QString path = pathOf(name) + QStringLiteral("[]");
        for (const Element item : array)
            visit(item, path);
    }

    std::optional<simdjson::dom::object> m_object;
    JsonProblem &m_problem;
    QString m_path; ///< of this object within the document, with a final dot
};

/// A frame: an object with a type. `read(type, reader)` makes it; what was wrong is a bad_frame.
template <typename Frame, typename Read>
channels::Expected<Frame> readFrame(QByteArrayView utf8, Read read)
{
    const QString code = QStringLiteral("bad_frame");
    const auto document = parseJson(utf8);
    if (!document)
        return channels::Error{code, document.error().message};
    simdjson::dom::object object;
    if (document->get(object) != simdjson::SUCCESS)
        return channels::Error{code, QStringLiteral("a frame must be a JSON object")};
    JsonProblem problem;
    const JsonReader reader(object, problem);
    const QString type = reader.text("type");
    Frame frame = problem.isSet() ? Frame{} : read(type, reader);
    if (problem.isSet())
        return channels::Error{code, problem.text()};
    return frame;
}

} // namespace parlour::chat
