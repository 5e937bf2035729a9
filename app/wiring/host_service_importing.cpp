// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_names.h"
#include "storage/room_importer.h"
#include "wiring/host_service.h"

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using storage::RoomImporter;
using namespace Qt::StringLiterals;

void HostService::importRoom(const RoomImport &wanted)
{
    RoomImporter *importer = m_storage ? m_storage->importer() : nullptr;
    if (!importer) {
        Q_EMIT importFailed({u"not_kept"_s, u"What is said here is not kept on disk."_s});
        return;
    }
    const auto title =
        wanted.as.isEmpty() ? Expected<QString>(QString()) : chat::checkRoomTitle(wanted.as);
    if (!title) {
        Q_EMIT importFailed(title.error());
        return;
    }
    connect(importer, &RoomImporter::progressed, this, &HostService::importing,
            Qt::UniqueConnection);
    importer->start(
        wanted.file, *title,
        [this](const QString &room) { return m_house->rooms().whyNoLog(room); },
        [this](const Expected<RoomImporter::Result> &result) {
            if (!result) {
                Q_EMIT importFailed(result.error());
                return;
            }
            m_house->rooms().showLog(result->room, result->topic);
            Q_EMIT imported({result->room, result->messages,
                             keepsAll(m_config.retention, result->messages, result->oldest)});
        });
}

void HostService::cancelImport()
{
    if (m_storage && m_storage->importer())
        m_storage->importer()->cancel();
}

} // namespace parlour::wiring
