// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_import.h"

#include <QFileInfo>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {
constexpr int EntriesAtOnce = 500; ///< some milliseconds, which is how long others wait
} // namespace

LogImport::LogImport(LogFile &logs, const QString &path)
    : m_logs(logs)
    , m_file(path)
    , m_reader(m_file)
{
}

LogImport::~LogImport()
{
    if (m_isBegun)
        m_logs.dropImport();
}

/// Where it was the export's fault.
Error LogImport::named(const Error &error) const
{
    const bool isExport = error.code == "bad_export"_L1;
    return {error.code, isExport ? m_file.fileName() + u": "_s + error.message : error.message};
}

Expected<chat::ExportHead> LogImport::begin()
{
    if (QFileInfo::exists(m_file.fileName()) && !QFileInfo(m_file.fileName()).isFile())
        return Error{u"no_file"_s, u"%1: is no file."_s.arg(m_file.fileName())};
    if (!m_file.open(QIODevice::ReadOnly)) {
        return Error{u"no_file"_s,
                     u"%1: cannot be read: %2."_s.arg(m_file.fileName(), m_file.errorString())};
    }
    const auto head = m_reader.begin();
    if (!head)
        return named(head.error());
    m_head = *head;
    if (const auto begun = m_logs.beginImport(logHead()); !begun)
        return begun.error();
    m_isBegun = true;
    return m_head;
}

Expected<bool> LogImport::step()
{
    const auto entries = m_reader.next(EntriesAtOnce);
    if (!entries)
        return named(entries.error());
    if (entries->isEmpty()) {
        m_logs.endImport();
        return false;
    }
    if (const auto taken = m_logs.import(*entries); !taken)
        return named(taken.error());
    m_done += entries->size();
    for (const chat::ExportEntry &entry : *entries) {
        if (entry.kind == chat::ExportEntry::Kind::Message && ++m_messages == 1)
            m_oldest = entry.message.time;
    }
    return true;
}

std::optional<Error> whyNotInPlaceOf(const LogHead &kept, const chat::ExportHead &head)
{
    if (kept.epoch != head.epoch || kept.range.newest <= head.number)
        return std::nullopt;
    return Error{u"room_exists"_s,
                 u"The room went on after the export: people who were there would not see what is "
                 "said next. Import it under another name (--as)."_s};
}

} // namespace parlour::storage
