// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/damage.h"
#include "storage/log_file.h"
#include "storage/post_journal.h"
#include "storage/storage_thread.h"
#include "storage/unwritten.h"

#include <QSysInfo>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace parlour::storage {

class SqliteDatabase;

struct StoreOptions {
    Retention retention;
    /// How long a lock of another program is waited for.
    std::chrono::milliseconds patience = std::chrono::seconds(1);
    /// To be written first: what the store before could not; of what was read, that of logs that go
    /// on.
    Unwritten unwritten = {};
    /// With other hosts, from this start on: HouseStore::Memory. Nothing: no host is started.
    std::optional<bool> isShared = {};
    /// As BootNote's: after another one that did not end in order, all rooms have other epochs.
    QByteArray boot = QSysInfo::bootUniqueId();
    /// The opening fails soon once this wants it; the next one begins again.
    std::stop_token stop = {};
    /// Of a half of the journal, in bytes; 0: there is none, and nothing is told ahead.
    qint64 journalSize = PostJournal::HalfSize;
};

/// The file in which a host remembers what was said and what it is, and the thread that reads and
/// writes it. Lives in the server thread; outlives the twins that are made of it.
class Store final
{
public:
    /// Opens the file, or begins it; brings one of an older version to the newest format. A damaged
    /// one is renamed to "<path>.corrupt-<date>", and what can be read of it is in the new one:
    /// damage(). So is one in which damage was met the last time, whatever is seen of it; but where
    /// that fails, for want of room, it is used as it is. What the process before told, and did not
    /// write, is taken out of the journal; where the file is older than that, rooms have new
    /// epochs. Waits. Fails (data) with words that name the file: locked, no permission, a full
    /// disk, of a newer version.
    static Expected<std::unique_ptr<Store>> open(const QString &path,
                                                 const StoreOptions &options = {});
    /// Waits until what was given to the thread is done.
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    StorageThread &thread() { return m_thread; }
    /// For use in the storage thread.
    SqliteDatabase &database() { return *m_database; }
    LogFile &logs() { return *m_logs; }
    HouseFile &house() { return *m_house; }
    /// For use in the server thread; null: there is none.
    PostJournal *journal() { return m_journal.get(); }
    /// Where each room's log stood at the opening.
    const QHash<QString, LogHead> &heads() const { return m_heads; }
    /// What the host knew at the opening.
    const chat::HouseStore::Memory &memory() const { return m_memory; }
    /// What had happened to the file; nothing: it was in order.
    const std::optional<Damage> &damage() const { return m_damage; }

    /// Called in the server thread, in a later turn, once damage is met in the file, which is saved
    /// at the next opening.
    void whenDamaged(std::function<void()> damaged) { m_damaged = std::move(damaged); }

private:
    Store();

    Expected<void> begin(const QString &path, const StoreOptions &options);
    /// `unwritten`: what is to be written first of the options'.
    Expected<void> read(const QString &path, const StoreOptions &options,
                        const Unwritten &unwritten);
    Expected<void> write(const Unwritten &unwritten);
    Expected<void> takeTold(const QString &path);
    void beginJournal(const QString &path, qint64 size);
    /// `isUsable`: it can be read, at least at first sight.
    Expected<void> mend(const QString &path, const StoreOptions &options, bool isUsable);
    void closeFile();
    void noteDamage();

    std::unique_ptr<SqliteDatabase> m_database; ///< lives in the storage thread, like these
    std::unique_ptr<LogFile> m_logs;
    std::unique_ptr<HouseFile> m_house;
    std::unique_ptr<PostJournal> m_journal;
    QHash<QString, LogHead> m_heads;
    chat::HouseStore::Memory m_memory;
    std::optional<Damage> m_damage;
    QByteArray m_boot; ///< StoreOptions::boot, once that is noted
    std::function<void()> m_damaged;
    QObject m_inbox; ///< where the storage thread's answers arrive
    StorageThread m_thread;
};

} // namespace parlour::storage
