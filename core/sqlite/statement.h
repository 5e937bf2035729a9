// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <memory>
#include <span>
#include <variant>
#include <vector>

struct sqlite3_stmt;

namespace parlour::sqlite {

/// What a statement is given: NULL, a number, a text (a null one is an empty one) or bytes (null
/// ones are NULL).
using Value = std::variant<std::monostate, qint64, QString, QByteArray>;
/// Texts, bytes and what is invalid as they are; anything else as a number.
Value valueOf(const QVariant &variant);

/// One value of a row, as long as the statement is at that row. As with QVariant, what is no number
/// is 0 and what is NULL an empty text.
class Cell final
{
public:
    Cell(sqlite3_stmt *statement, int column)
        : m_statement(statement)
        , m_column(column)
    {
    }

    bool isNull() const;
    qint64 toLongLong() const;
    int toInt() const { return int(toLongLong()); }
    bool toBool() const { return toLongLong() != 0; }
    QString toString() const;
    QByteArray toByteArray() const;
    /// Of the type that it has in the file.
    QVariant toVariant() const;

private:
    sqlite3_stmt *m_statement;
    int m_column;
};

/// A prepared statement, and the row that it is at. Belongs to a Connection and its thread.
class Statement final
{
public:
    /// Owns it.
    explicit Statement(sqlite3_stmt *statement);

    /// The values of its question marks, in their order, which outlive reset(). It is at no row.
    void bind(std::span<const Value> values);
    /// To the next row. SQLite's result code: SQLITE_ROW, SQLITE_DONE, or what was wrong.
    int step();
    /// At no row, and without values. A statement that is at a row keeps others from writing.
    void reset();

    int columnCount() const;
    Cell value(int column) const { return {m_statement.get(), column}; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    void bindText(int place, const QString &text, char *&space);

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::vector<char> m_texts; ///< those that are bound, as UTF-8
};

} // namespace parlour::sqlite
