// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"

#include "client/logging.h"
#include "client/store_database.h"

namespace parlour::client {

channels::Expected<std::unique_ptr<ClientStore>> ClientStore::open(const QString &file,
                                                                   const StoreLimits &limits)
{
    auto database = StoreDatabase::open(file);
    if (!database)
        return database.error();
    return std::unique_ptr<ClientStore>(new ClientStore(std::move(*database), limits));
}

ClientStore::ClientStore(std::unique_ptr<StoreDatabase> database, const StoreLimits &limits)
    : m_database(std::move(database))
    , m_limits(limits)
{
}

ClientStore::~ClientStore() = default;

void ClientStore::reportProblem()
{
    if (std::exchange(m_hasFailed, true))
        return;
    qCWarning(log).noquote() << "the store of what was said:" << m_database->problem();
    Q_EMIT failed(
        tr("What is said cannot be kept on this computer: %1.").arg(m_database->problem()));
}

} // namespace parlour::client
