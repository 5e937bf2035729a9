// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using namespace Qt::StringLiterals;

// With the change itself, so that neither is kept without the other.
Expected<void> LogFile::noteGone()
{
    m_isClean = false;
    const auto noted =
        m_database.change(u"INSERT OR IGNORE INTO host (name, value) VALUES ('unswept', '1')"_s);
    if (!noted)
        return noted.error();
    return {};
}

// A checkpoint that somebody's reading hinders is tried again.
Expected<void> LogFile::clean()
{
    if (m_isClean)
        return {};
    const auto isHindered = m_database.value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    if (!isHindered)
        return isHindered.error();
    m_isClean = isHindered->toInt() == 0;
    return {};
}

// SQLite overwrites what is deleted where it stands, but when it moves rows about within its pages
// their old places keep what they were.
Expected<void> LogFile::sweep()
{
    const auto unswept = m_database.value(u"SELECT value FROM host WHERE name = 'unswept'"_s);
    if (!unswept)
        return unswept.error();
    if (unswept->isNull())
        return {};
    if (const auto rewritten = m_database.execute(u"VACUUM"_s); !rewritten)
        return rewritten;
    m_isClean = false;
    if (const auto cleaned = clean(); !cleaned)
        return cleaned;
    if (!m_isClean)
        return Error{u"locked"_s, u"%1: another program reads it"_s.arg(m_database.path())};
    const auto done = m_database.change(u"DELETE FROM host WHERE name = 'unswept'"_s);
    if (!done)
        return done.error();
    return {};
}

} // namespace parlour::storage
