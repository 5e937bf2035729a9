// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/room_importer.h"

#include "storage/log_import.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

RoomImporter::RoomImporter(Store &store, SqliteRoomLog &log, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_log(log)
{
}

RoomImporter::~RoomImporter()
{
    m_done = [](const Expected<Result> &) {}; // nobody listens any more
    end(Error{});
    m_store.thread().runAndWait([] {}); // what answers to this
}

void RoomImporter::start(const QString &path, const QString &as, WhyNot whyNot, Done done)
{
    if (m_import)
        return done(Error{u"busy"_s, u"A room is being imported already."_s});
    m_import = std::make_shared<LogImport>(m_store.logs(), path);
    m_room = as;
    m_isWhole = false;
    m_whyNot = std::move(whyNot);
    m_done = std::move(done);
    inStorage([this](LogImport &import) { return [this, head = import.begin()] { begun(head); }; });
}

/// What `work` gives is done here, later.
template <typename Work>
void RoomImporter::inStorage(Work work)
{
    m_store.thread().run([this, work, import = m_import, run = m_run] {
        answerLater(this, [this, run, answer = work(*import)] {
            if (run == m_run)
                answer();
        });
    });
}

void RoomImporter::cancel()
{
    if (!m_isWhole)
        end(Error{u"cancelled"_s, u"The import was cancelled."_s});
}

void RoomImporter::giveUp()
{
    end(Error{u"closed"_s, u"The host's history was closed."_s});
}

void RoomImporter::begun(const Expected<chat::ExportHead> &head)
{
    if (!head)
        return end(head.error());
    m_head = *head;
    if (m_room.isEmpty())
        m_room = m_head.room;
    if (const auto why = whyNot())
        return end(*why);
    step();
}

std::optional<Error> RoomImporter::whyNot() const
{
    if (const auto why = m_whyNot(m_room))
        return why;
    return whyNotInPlaceOf(m_log.head(m_room), m_head);
}

void RoomImporter::step()
{
    inStorage([this](LogImport &import) {
        const auto more = import.step();
        return [this, more, taken = import.done()] { stepped(more, taken); };
    });
}

void RoomImporter::stepped(const Expected<bool> &more, qint64 taken)
{
    if (!more)
        return end(more.error());
    Q_EMIT progressed(taken, m_head.count());
    if (*more)
        step();
    else if (const auto why = whyNot())
        end(*why);
    else
        adopt();
}

void RoomImporter::adopt()
{
    const Result result{m_room, m_head.topic, m_import->messages(), m_import->oldest()};
    m_isWhole = true;
    m_log.adopt(m_room, m_import->logHead(), [this, result] { end(result); });
}

void RoomImporter::end(const Expected<Result> &result)
{
    if (!m_import)
        return;
    ++m_run;
    // The last of them goes where it was used.
    m_store.thread().run([import = std::exchange(m_import, nullptr)]() mutable { import.reset(); });
    std::exchange(m_done, {})(result);
}

} // namespace parlour::storage
