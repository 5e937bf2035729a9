// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/room_files.h"

#include "chat/room_names.h"
#include "storage/log_import.h"
#include "storage/room_archive.h"
#include "storage/store.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using chat::ExportFormat;
using storage::HouseChanges;
using namespace Qt::StringLiterals;

namespace {

constexpr int EntriesAtOnce = 500;

/// The room as the file's house is to have it: listed, and with a topic where there is one.
HouseChanges listed(const QString &title, const QString &topic, const QList<chat::KeptRoom> &rooms)
{
    chat::KeptRoom room{title, topic, {}, true};
    const auto known = std::find_if(rooms.begin(), rooms.end(),
                                    [&](const auto &other) { return other.title == title; });
    if (known != rooms.end()) {
        room.creator = known->creator;
        if (!known->topic.isEmpty())
            room.topic = known->topic;
    }
    HouseChanges changes;
    changes.rooms.insert(title, HouseChanges::Room{room});
    return changes;
}

Expected<ImportedRoom> takeIn(storage::Store &store, const RoomImport &wanted,
                              const storage::Retention &retention)
{
    storage::LogImport import(store.logs(), wanted.file);
    if (const auto begun = import.begin(); !begun)
        return begun.error();
    const QString room = wanted.as.isEmpty() ? import.head().room : wanted.as;
    if (!store.heads().value(room).range.isEmpty()) {
        return Error{
            u"room_exists"_s,
            u"something was said in a room \"%1\" already. Give another name with --as."_s.arg(
                room)};
    }
    if (const auto why = storage::whyNotInPlaceOf(store.heads().value(room), import.head()))
        return *why;
    for (;;) {
        const auto more = import.step();
        if (!more)
            return more.error();
        if (!*more)
            break;
    }
    const auto made = store.logs().write({{{room, import.head().epoch}}, {}});
    if (!made)
        return made.error();
    const auto shown = store.house().write(listed(room, import.head().topic, store.memory().rooms));
    if (!shown)
        return shown.error();
    return ImportedRoom{room, import.messages(),
                        keepsAll(retention, import.messages(), import.oldest())};
}

} // namespace

Expected<void> exportRoom(const RoomExport &wanted, QIODevice &device,
                          const std::function<bool(qint64, qint64)> &goesOn)
{
    const auto title = chat::checkRoomTitle(wanted.room);
    if (!title)
        return title.error();
    const auto archive = storage::RoomArchive::open(wanted.dataFolder + u"/parlour.db"_s, *title);
    if (!archive)
        return archive.error();
    chat::ExportHead head = (*archive)->head();
    head.host.title = wanted.hostTitle;
    head.host.version = QCoreApplication::applicationVersion();
    head.time = QDateTime::currentMSecsSinceEpoch();
    const auto writer = chat::RoomWriter::make(wanted.format, device, wanted.look);
    if (const auto begun = writer->begin(head); !begun)
        return begun;
    for (qint64 done = 0;;) {
        const auto entries = (*archive)->next(EntriesAtOnce);
        if (!entries)
            return entries.error();
        if (entries->isEmpty())
            return writer->end();
        if (const auto written = writer->write(*entries); !written)
            return written;
        done += entries->size();
        if (goesOn && !goesOn(done, head.count()))
            return Error{u"stopped"_s, u"the export was stopped."_s};
    }
}

Expected<ImportedRoom> importRoom(const RoomImport &wanted, const HostConfig &config)
{
    RoomImport checked = wanted;
    if (!wanted.as.isEmpty()) {
        const auto title = chat::checkRoomTitle(wanted.as);
        if (!title)
            return title.error();
        checked.as = *title;
    }
    storage::StoreOptions options;
    options.retention = config.retention;
    const auto store = storage::Store::open(config.dataFolder + u"/parlour.db"_s, options);
    if (!store)
        return store.error();
    Expected<ImportedRoom> imported = Error{};
    (*store)->thread().runAndWait([&] { imported = takeIn(**store, checked, config.retention); });
    return imported;
}

std::optional<ExportFormat> exportFormat(const QString &name)
{
    if (name == "json"_L1)
        return ExportFormat::Json;
    if (name == "html"_L1)
        return ExportFormat::Html;
    if (name == "text"_L1)
        return ExportFormat::Text;
    return std::nullopt;
}

std::optional<ExportFormat> exportFormatOf(const QString &file)
{
    const auto endsWith = [&](const QString &end) {
        return file.endsWith(end, Qt::CaseInsensitive);
    };
    if (endsWith(u".json"_s))
        return ExportFormat::Json;
    if (endsWith(u".html"_s) || endsWith(u".htm"_s))
        return ExportFormat::Html;
    if (endsWith(u".txt"_s))
        return ExportFormat::Text;
    return std::nullopt;
}

bool keepsAll(const storage::Retention &retention, qint64 messages, qint64 oldest)
{
    const bool areTooMany = retention.messagesPerRoom > 0 && messages > retention.messagesPerRoom;
    const bool areTooOld = retention.age.count() > 0 && oldest > 0
        && oldest < QDateTime::currentMSecsSinceEpoch() - retention.age.count();
    return !areTooMany && !areTooOld;
}

} // namespace parlour::wiring
