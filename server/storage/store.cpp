// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/store.h"

#include "storage/boot_note.h"
#include "storage/damage_mark.h"
#include "storage/logging.h"
#include "storage/migrations.h"
#include "storage/old_copies.h"
#include "storage/salvage.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

Expected<std::unique_ptr<SqliteDatabase>> openDatabase(const QString &path,
                                                       const StoreOptions &options)
{
    auto database = SqliteDatabase::open(path, options.patience, options.stop);
    if (database) {
        if (const auto migrated = migrate(**database); !migrated)
            return migrated.error();
    }
    return database;
}

/// Without what was read of logs that are over.
HouseChanges ofLogs(const QHash<QString, LogHead> &heads, HouseChanges changes)
{
    changes.reads.removeIf([&heads](decltype(changes.reads)::iterator read) {
        return *read && (*read)->position.epoch != heads.value(read.key().second).epoch;
    });
    return changes;
}

} // namespace

// A checkpoint waits for the disk, so whoever is to hear what was written hears it before.
Store::Store()
{
    m_thread.whenIdle([this] {
        if (m_database)
            m_database->shortenLog();
    });
}

Store::~Store()
{
    m_thread.runAndWait([this] {
        if (m_journal && !m_logs->owes())
            PostJournal::remove(m_database->path());
        if (m_logs) {
            (void)m_logs->saveAll(); // else the next start reads on from what is saved
            if (!m_logs->owes()) // else the journal may be lost with the power
                BootNote(*m_database, m_boot).drop();
        }
        closeFile();
    });
}

void Store::closeFile()
{
    m_house.reset();
    m_logs.reset();
    m_database.reset();
}

Expected<std::unique_ptr<Store>> Store::open(const QString &path, const StoreOptions &options)
{
    auto store = std::unique_ptr<Store>(new Store);
    Expected<void> begun;
    store->m_thread.runAndWait([&] { begun = store->begin(path, options); });
    if (!begun)
        return Error{u"data"_s, begun.error().message};
    return store;
}

Expected<void> Store::begin(const QString &path, const StoreOptions &options)
{
    if (const auto finished = finishSalvage(path); !finished)
        return finished;
    auto done = read(path, options, isMarkedDamaged(path) ? Unwritten() : options.unwritten);
    // Not before it is of the newest format: nothing is taken of one that is much older.
    if (done ? isMarkedDamaged(path) : done.error().code == "corrupt"_L1)
        done = mend(path, options, bool(done));
    if (done) {
        m_database->stopWith({});
        m_database->whenDamaged([this] { noteDamage(); });
        if (!isMarkedDamaged(path))
            removeOldCopies(path);
        beginJournal(path, options.journalSize);
    }
    return done;
}

Expected<void> Store::mend(const QString &path, const StoreOptions &options, bool isUsable)
{
    closeFile();
    const auto damage = salvage(path, options.patience, options.stop);
    if (damage) {
        m_damage = *damage;
    } else if (isUsable && !options.stop.stop_requested()) {
        qCWarning(lcStorage).noquote()
            << path << "was found damaged while it was used, and is used as it is, since what can"
            << "be read cannot be saved now:" << damage.error().message;
        if (const auto finished = finishSalvage(path); !finished)
            return finished;
    } else {
        return damage.error();
    }
    const auto done = read(path, options, options.unwritten);
    if (done || damage || options.unwritten.isEmpty())
        return done;
    qCWarning(lcStorage).noquote()
        << "what changed of rooms, tokens, what was read and what others owe is not kept in it:"
        << done.error().message;
    return read(path, options, {});
}

void Store::noteDamage()
{
    markDamaged(m_database->path());
    answerLater(&m_inbox, [this] {
        if (m_damaged)
            m_damaged();
    });
}

Expected<void> Store::read(const QString &path, const StoreOptions &options,
                           const Unwritten &unwritten)
{
    closeFile();
    auto database = openDatabase(path, options);
    if (!database)
        return database.error();
    m_database = std::move(*database);
    m_logs = std::make_unique<LogFile>(*m_database, options.retention);
    const auto heads = m_logs->load();
    if (!heads)
        return heads.error();
    m_heads = *heads;
    if (const auto taken = takeTold(path); !taken)
        return taken;
    const auto noted = BootNote(*m_database, options.boot).take([&]() -> Expected<void> {
        qCWarning(lcStorage).noquote()
            << path << "was in use as the machine went down: its last moments may be missing, so"
            << "rooms have new epochs, and people are told";
        const auto renewed = m_logs->renewEpochs();
        if (renewed)
            m_heads = *renewed;
        return renewed ? Expected<void>() : Expected<void>(renewed.error());
    });
    if (!noted)
        return noted.error();
    m_boot = options.boot;
    m_house = std::make_unique<HouseFile>(*m_database);
    if (const auto written = write(unwritten); !written)
        return written;
    const auto memory = m_house->load(options.isShared);
    if (!memory)
        return memory.error();
    m_memory = *memory;
    return {};
}

// What the process before told, and did not come to write.
Expected<void> Store::takeTold(const QString &path)
{
    const auto left = PostJournal::left(path);
    if (!left)
        return left.error();
    const auto heads =
        m_logs->takeTold(left->entries, m_damage && m_heads.isEmpty(), left->isDamaged);
    if (heads)
        m_heads.insert(*heads);
    return heads ? Expected<void>() : Expected<void>(heads.error());
}

// Without it what is said is told once it is written.
void Store::beginJournal(const QString &path, qint64 size)
{
    if (size <= 0)
        return PostJournal::remove(path);
    auto journal = PostJournal::begin(path, size);
    if (journal) {
        m_journal = std::move(*journal);
        return;
    }
    qCWarning(lcStorage).noquote()
        << "what is said is told a little later:" << journal.error().message;
    PostJournal::remove(path);
}

Expected<void> Store::write(const Unwritten &unwritten)
{
    if (!unwritten.endedLogs.isEmpty()) {
        LogBatch batch;
        for (const QString &room : unwritten.endedLogs) {
            batch.epochs.insert(room, std::nullopt);
            m_heads.remove(room);
        }
        if (const auto ended = m_logs->write(batch); !ended)
            return ended.error();
    }
    return unwritten.house.isEmpty() ? Expected<void>()
                                     : m_house->write(ofLogs(m_heads, unwritten.house));
}

} // namespace parlour::storage
