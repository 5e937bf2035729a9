// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "damaged_file.h"

#include <QString>

#include <functional>
#include <sqlite3.h>

namespace parlour::tests {

/// While it lives, it is told of each page that SQLite reads of a file, in whatever thread, and
/// says whether that can be read. Of files that are opened meanwhile; one at a time.
class WatchedDisk
{
public:
    using Read = std::function<bool(int page)>;

    WatchedDisk(const QString &path, const Read &read)
    {
        watched = {sqlite3_vfs_find(nullptr), path, read, nullptr, {}};
        m_vfs = *watched.disk;
        m_vfs.zName = "watched";
        m_vfs.xOpen = openFile;
        sqlite3_vfs_register(&m_vfs, 1);
    }
    ~WatchedDisk()
    {
        sqlite3_vfs_unregister(&m_vfs);
        sqlite3_vfs_register(watched.disk, 1);
    }
    WatchedDisk(const WatchedDisk &) = delete;
    WatchedDisk &operator=(const WatchedDisk &) = delete;

private:
    struct Watched {
        sqlite3_vfs *disk;
        QString path;
        Read read;
        const sqlite3_io_methods *methodsOfDisk;
        sqlite3_io_methods methods;
    };

    static int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *given)
    {
        const int result = watched.disk->xOpen(watched.disk, name, file, flags, given);
        if (result == SQLITE_OK && QString::fromUtf8(name) == watched.path) {
            watched.methods = *file->pMethods;
            watched.methods.xRead = readPage;
            watched.methodsOfDisk = file->pMethods;
            file->pMethods = &watched.methods;
        }
        return result;
    }
    static int readPage(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
    {
        if (!watched.read(int(at / DamagedFile::PageSize) + 1))
            return SQLITE_IOERR_READ;
        return watched.methodsOfDisk->xRead(file, to, size, at);
    }

    inline static Watched watched;
    sqlite3_vfs m_vfs{};
};

} // namespace parlour::tests
