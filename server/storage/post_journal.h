// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/log_batch.h"

#include <QFile>
#include <QSet>

#include <array>
#include <memory>

namespace parlour::storage {

/// What was said and told ahead of its being written to the host's file, in a file beside that:
/// "<path>-told". A record goes to the system's memory for that file in one call, so the process'
/// death leaves it to the next one; as with SQLite's log, the power's failure may cost the last
/// moments. What was written is overwritten with zeros: no text outlasts its deletion here. Of a
/// fixed size, in two halves: one is filled while the other's messages are written. Lives in the
/// server thread, but for its beginning and end.
class PostJournal final
{
public:
    static constexpr qint64 HalfSize = qint64(256) * 1024;

    struct Left {
        QList<LogBatch::Entry> entries; ///< in order
        bool isDamaged = false; ///< nobody knows what else there was
    };
    /// What a process before left in the journal beside this file; of a half that ends in the
    /// middle of a record, what stands before that. Fails (data) where it cannot be read, and
    /// (too_new) where a newer version made it.
    static Expected<Left> left(const QString &path);
    /// Makes it anew, empty. Fails (data), most often because the disk is full.
    static Expected<std::unique_ptr<PostJournal>> begin(const QString &path,
                                                        qint64 halfSize = HalfSize);

    /// What is said, and refers to nothing else.
    static bool isFor(const LogBatch::Content &content);
    /// `entry` has its number, and isFor() it. False: there is no place, or it cannot be written.
    bool append(const LogBatch::Entry &entry);
    /// What was appended so far is on its way to the file; what comes goes into the other half,
    /// where that is free. The answer is for written().
    quint64 handOver();
    /// What was appended before that handOver() is in the file, but for that of these rooms, which
    /// stays.
    void written(quint64 sequence, const QSet<QString> &butFor = {});
    bool isEmpty() const;
    /// Removes the one beside this file, which has all of it.
    static void remove(const QString &path);

private:
    struct Half {
        qint64 begin = 0; ///< in the file
        qint64 used = 0;
        quint64 last = 0; ///< the sequence of its last message
        bool isBroken = false; ///< perhaps with zeros at its beginning
    };
    PostJournal(const QString &path, qint64 halfSize);
    bool write(qint64 at, const QByteArray &bytes);
    void empty(const Half &half, quint64 sequence, const QSet<QString> &butFor);

    QFile m_file;
    qint64 m_halfSize;
    std::array<Half, 2> m_halves;
    size_t m_filled = 0; ///< which of them is
    quint64 m_sequence = 0; ///< of the last message
};

} // namespace parlour::storage
