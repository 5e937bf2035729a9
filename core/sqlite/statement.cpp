// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "sqlite/statement.h"

#include <QStringEncoder>

#include <sqlite3.h>

namespace parlour::sqlite {

namespace {
constexpr sqlite3_destructor_type TheirsToKeep = nullptr; // SQLITE_STATIC
} // namespace

bool Cell::isNull() const
{
    return sqlite3_column_type(m_statement, m_column) == SQLITE_NULL;
}

qint64 Cell::toLongLong() const
{
    return sqlite3_column_int64(m_statement, m_column);
}

QString Cell::toString() const
{
    // In this order: the text may have to be made first.
    const auto *text = sqlite3_column_text(m_statement, m_column);
    const int size = sqlite3_column_bytes(m_statement, m_column);
    return QString::fromUtf8(reinterpret_cast<const char *>(text), size);
}

Value valueOf(const QVariant &variant)
{
    switch (variant.typeId()) {
    case QMetaType::UnknownType:
        return {};
    case QMetaType::QString:
        return variant.toString();
    case QMetaType::QByteArray:
        return variant.toByteArray();
    default:
        return variant.toLongLong();
    }
}

QByteArray Cell::toByteArray() const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, m_column));
    return {bytes, sqlite3_column_bytes(m_statement, m_column)};
}

QVariant Cell::toVariant() const
{
    switch (sqlite3_column_type(m_statement, m_column)) {
    case SQLITE_INTEGER:
        return toLongLong();
    case SQLITE_FLOAT:
        return sqlite3_column_double(m_statement, m_column);
    case SQLITE_TEXT:
        return toString();
    case SQLITE_BLOB:
        return toByteArray();
    default:
        return {};
    }
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt *statement)
    : m_statement(statement)
{
}

// All texts share one buffer, which is as large as the largest values needed it.
void Statement::bind(std::span<const Value> values)
{
    const QStringEncoder encoder(QStringEncoder::Utf8);
    size_t most = 1; // so that there is a place for empty ones
    for (const Value &value : values) {
        if (const auto *text = std::get_if<QString>(&value))
            most += size_t(encoder.requiredSpace(text->size()));
    }
    if (m_texts.size() < most)
        m_texts.resize(most);
    char *space = m_texts.data();
    int place = 0;
    for (const Value &value : values) {
        ++place;
        if (const auto *number = std::get_if<qint64>(&value))
            sqlite3_bind_int64(m_statement.get(), place, *number);
        else if (const auto *text = std::get_if<QString>(&value))
            bindText(place, *text, space);
        else if (const auto *bytes = std::get_if<QByteArray>(&value); bytes && !bytes->isNull())
            sqlite3_bind_blob64(m_statement.get(), place, bytes->constData(),
                                sqlite3_uint64(bytes->size()), TheirsToKeep);
        else
            sqlite3_bind_null(m_statement.get(), place);
    }
}

/// Takes of the space what it needs.
void Statement::bindText(int place, const QString &text, char *&space)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    char *const end = encoder.appendToBuffer(space, text);
    sqlite3_bind_text64(m_statement.get(), place, space, sqlite3_uint64(end - space), TheirsToKeep,
                        SQLITE_UTF8);
    space = end;
}

int Statement::step()
{
    return sqlite3_step(m_statement.get());
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

int Statement::columnCount() const
{
    return sqlite3_column_count(m_statement.get());
}

} // namespace parlour::sqlite
