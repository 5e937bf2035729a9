// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/room_writer.h"
#include "storage/retention.h"
#include "wiring/host_config.h"

#include <functional>
#include <optional>

class QIODevice;

/// Rooms of a data folder as files, without a host: what --export and --import do.
namespace parlour::wiring {

struct RoomExport {
    QString dataFolder;
    QString room;
    QString hostTitle; ///< as people see it
    chat::ExportFormat format = chat::ExportFormat::Json;
    chat::ExportLook look = {};
};

/// Writes a room as it is now, also while a host runs on the folder. `goesOn` hears how many of all
/// entries are done, and says false to stop: that fails with stopped. Blocks. Fails (no_room,
/// no_file, output, …) with words that name the file.
channels::Expected<void>
exportRoom(const RoomExport &wanted, QIODevice &device,
           const std::function<bool(qint64 done, qint64 total)> &goesOn = {});

struct RoomImport {
    QString file;
    QString as; ///< what the room is to be called; empty: as it was
};

struct ImportedRoom {
    QString room;
    qint64 messages = 0;
    bool staysWhole = true; ///< else the host lets some go, since they are too many or too old
};

/// Makes a room of the file in a data folder that the caller has locked: all of it or, where it
/// fails, nothing. Blocks. Fails with room_exists where the folder has messages of it, bad_export,
/// and as storage::Store::open().
channels::Expected<ImportedRoom> importRoom(const RoomImport &wanted, const HostConfig &config);

/// "json", "html", "text"; nothing: none of them.
std::optional<chat::ExportFormat> exportFormat(const QString &name);
/// By the end of a file's name: .json, .html, .htm, .txt.
std::optional<chat::ExportFormat> exportFormatOf(const QString &file);

/// Whether a host with these limits keeps all of so many messages, the oldest from that time.
bool keepsAll(const storage::Retention &retention, qint64 messages, qint64 oldest);

} // namespace parlour::wiring
