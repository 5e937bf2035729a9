// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/boot_note.h"

#include "storage/logging.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using namespace Qt::StringLiterals;
using channels::Expected;

Expected<void> BootNote::take(const std::function<Expected<void>()> &renew)
{
    const auto kept = m_database.value(u"SELECT value FROM host WHERE name = 'boot'"_s);
    if (!kept)
        return kept.error();
    const QString boot = QString::fromLatin1(m_boot);
    if (m_boot.isEmpty() || kept->toString() == boot)
        return {};
    const bool wentDown = !kept->isNull();
    const auto taken = m_database.transactionOnDisk([&]() -> Expected<void> {
        if (const auto renewed = wentDown ? renew() : Expected<void>(); !renewed)
            return renewed;
        const auto noted = m_database.change(
            u"INSERT OR REPLACE INTO host (name, value) VALUES ('boot', ?)"_s, {boot});
        return noted ? Expected<void>() : Expected<void>(noted.error());
    });
    if (taken || wentDown)
        return taken;
    qCWarning(lcStorage).noquote()
        << "that the file is in use cannot be noted:" << taken.error().message;
    return {};
}

void BootNote::drop()
{
    if (m_boot.isEmpty())
        return;
    (void)m_database.transactionOnDisk([&]() -> Expected<void> {
        const auto gone = m_database.change(u"DELETE FROM host WHERE name = 'boot'"_s);
        return gone ? Expected<void>() : Expected<void>(gone.error());
    });
}

} // namespace parlour::storage
