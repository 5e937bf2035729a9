// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>

#include <functional>

namespace parlour::storage {

class SqliteDatabase;

/// The note in a file that it is in use, since which start of the machine. Where another start's
/// stands there, the machine went down meanwhile: what was written last may be gone, though people
/// were told of it, and its numbers would be given again. For use in the storage thread; nothing is
/// known where `boot` is empty.
class BootNote
{
public:
    /// `boot`: what is another one at each start of the machine. `database` outlives it.
    BootNote(SqliteDatabase &database, const QByteArray &boot)
        : m_database(database)
        , m_boot(boot)
    {
    }

    /// Takes the note, on the disk itself; before it `renew` writes, along with it, what makes good
    /// for the machine's going down. Fails where that cannot be written.
    channels::Expected<void> take(const std::function<channels::Expected<void>()> &renew);
    /// The file is not in use any more. All that was written before is on the disk then.
    void drop();

private:
    SqliteDatabase &m_database;
    QByteArray m_boot;
};

} // namespace parlour::storage
