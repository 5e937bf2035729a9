// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "sqlite/connection.h"

#include <QCoreApplication>
#include <QString>
#include <QThreadPool>
#include <QVariant>

#include <atomic>
#include <memory>
#include <optional>

namespace parlour::client {

/// The SQLite file behind ClientStore (mode 0600): schema, statements, transactions. Lives in one
/// thread. A transaction is a few writes into the page cache, tens of microseconds; what reaches
/// the disk does so in a thread beside it, but for one short wait in a thousand.
class StoreDatabase
{
    Q_DECLARE_TR_FUNCTIONS(parlour::client::StoreDatabase)
public:
    using Row = QVariantList;
    using Rows = QList<Row>;

    /// Makes the file where there is none, and brings an older one up to date. Fails (store) in
    /// words that name the file and say what to do.
    static channels::Expected<std::unique_ptr<StoreDatabase>> open(const QString &file);
    ~StoreDatabase();

    /// Runs one statement; a null text is an empty one. Nothing where it failed; problem() says
    /// why.
    std::optional<Rows> run(const QString &sql, const QVariantList &values = {});
    /// Runs `change` as a whole or not at all. False where it failed.
    template <typename Change>
    bool change(Change change)
    {
        if (!run(QStringLiteral("BEGIN IMMEDIATE")))
            return false;
        if (change() && run(QStringLiteral("COMMIT"))) {
            tidyLater();
            return true;
        }
        const QString why = m_problem; // of the statement that failed first
        (void)run(QStringLiteral("ROLLBACK"));
        m_problem = why;
        return false;
    }
    /// What the transaction that goes on replaces is to be gone from the disk, from the log of
    /// changes too, soon after it.
    void forgetReplaced() { m_mustForget = true; }
    /// Why the last statement failed.
    const QString &problem() const { return m_problem; }

private:
    explicit StoreDatabase(const QString &file);

    channels::Expected<void> prepare(bool isOwners);
    bool migrate(int from);
    void tidyLater();

    QString m_file;
    sqlite::Connection m_connection;
    QString m_problem;
    int m_changes = 0; ///< since the file was tidied
    bool m_mustForget = false;
    std::atomic_bool m_isTidying = false;
    QThreadPool m_tidying;
};

} // namespace parlour::client
