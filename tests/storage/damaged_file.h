// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "sqlite/connection.h"

#include <QFile>
#include <QStringList>

#include <sqlite3.h>

namespace parlour::tests {

/// All rows of an answer, as texts.
inline QList<QStringList> rowsIn(const QString &path, const QString &sql)
{
    sqlite::Connection connection(path, sqlite::Connection::Access::Write, std::chrono::seconds(9));
    auto *statement = connection.prepared(sql);
    QList<QStringList> rows;
    while (statement && statement->step() == SQLITE_ROW) {
        QStringList row;
        for (int column = 0; column < statement->columnCount(); ++column)
            row.append(statement->value(column).toString());
        rows.append(row);
    }
    if (statement)
        statement->reset();
    return rows;
}

/// An SQLite file that nobody has open, page by page (https://sqlite.org/fileformat2.html).
class DamagedFile
{
public:
    static constexpr int PageSize = 4096;
    /// What is in the first byte of a page.
    enum Kind : char { TableLeaf = 13, IndexLeaf = 10 };

    explicit DamagedFile(const QString &path)
        : m_path(path)
    {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            m_bytes = file.readAll();
    }

    /// Its pages.
    int size() const { return int(m_bytes.size() / PageSize); }
    /// The number of the first page of this kind with a text; 0: there is none.
    int find(Kind kind, const QString &text) const
    {
        const QByteArray wanted = text.toUtf8();
        for (qsizetype at = m_bytes.indexOf(wanted); at >= 0;
             at = m_bytes.indexOf(wanted, at + 1)) {
            if (m_bytes.at(at / PageSize * PageSize) == kind)
                return int(at / PageSize) + 1;
        }
        return 0;
    }
    /// The first page of a table or index.
    int rootOf(const QString &name) const
    {
        const auto rows = rowsIn(
            m_path,
            QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name = '%1'").arg(name));
        return rows.isEmpty() ? 0 : rows.constFirst().constFirst().toInt();
    }

    void damage(int page) const
    {
        QFile file(m_path);
        if (file.open(QIODevice::ReadWrite) && file.seek(qint64(page - 1) * PageSize))
            file.write(QByteArray(PageSize, 'x'));
    }
    /// Only the pages before this one are left.
    void cutAt(int page) const { QFile::resize(m_path, qint64(page - 1) * PageSize); }

private:
    QString m_path;
    QByteArray m_bytes;
};

} // namespace parlour::tests
