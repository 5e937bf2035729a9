// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/post_journal.h"

#include "storage/logging.h"

#include <QDataStream>
#include <QFileInfo>
#include <QMap>
#include <QtEndian>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

// The file: its kind, the size of a half, the halves. A half: records, then zeros. A record: the
// size of its text, a sum and the sequence, its text, zeros up to the next multiple of eight.
constexpr QByteArrayView AnyKind = "parlour told ";
constexpr QByteArrayView Kind = "parlour told 1\n";
constexpr qint64 HeadSize = 64;
constexpr qint64 HalfSizeAt = 16;
constexpr qint64 RecordHeadSize = 24;
constexpr qint64 Alignment = 8;
constexpr qint64 LargestHalf = qint64(64) * 1024 * 1024;
constexpr auto StreamVersion = QDataStream::Qt_6_0;

QString nameFor(const QString &path)
{
    return path + u"-told"_s;
}

Error cannot(const QString &what, const QFile &file)
{
    return {u"data"_s, u"%1: cannot be %2: %3."_s.arg(file.fileName(), what, file.errorString())};
}

/// FNV-1a: tells what a power failure left half written.
quint64 sumOf(QByteArrayView text, quint64 sequence)
{
    quint64 sum = 0xcbf29ce484222325 ^ sequence;
    for (const char byte : text) {
        sum ^= uchar(byte);
        sum *= 0x100000001b3;
    }
    return sum;
}

qint64 sizeOfRecord(qint64 textSize)
{
    return RecordHeadSize + (textSize + Alignment - 1) / Alignment * Alignment;
}

QByteArray textOf(const LogBatch::Entry &entry)
{
    const auto &said = std::get<chat::Utterance>(entry.content);
    QByteArray text;
    QDataStream stream(&text, QIODevice::WriteOnly);
    stream.setVersion(StreamVersion);
    stream << entry.epoch << entry.number << said.room << said.id << said.sender.id
           << said.sender.name << said.text << said.json << said.origin << said.time;
    return text;
}

LogBatch::Entry entryOf(const QByteArray &text)
{
    LogBatch::Entry entry;
    chat::Utterance said;
    QDataStream stream(text);
    stream.setVersion(StreamVersion);
    stream >> entry.epoch >> entry.number >> said.room >> said.id >> said.sender.id
        >> said.sender.name >> said.text >> said.json >> said.origin >> said.time;
    if (stream.status() != QDataStream::Ok)
        entry.number = 0;
    entry.content = said;
    return entry;
}

struct Record {
    qint64 at = 0; ///< in its half
    quint64 sequence = 0;
    QByteArrayView text;
    bool isEmpty = false; ///< its text is gone
};

/// Up to the first that is not whole. The size of one whose text is gone is negative.
template <typename Visit>
void forRecords(QByteArrayView half, Visit visit)
{
    qint64 at = 0;
    while (half.size() - at >= RecordHeadSize) {
        const char *head = half.data() + at;
        const auto stated = qFromLittleEndian<qint64>(head);
        const qint64 most = half.size() - at - RecordHeadSize;
        if (stated == 0 || stated > most || stated < -most)
            return;
        Record record{at, qFromLittleEndian<quint64>(head + 16),
                      half.sliced(at + RecordHeadSize, std::abs(stated)), stated < 0};
        if (!record.isEmpty
            && sumOf(record.text, record.sequence) != qFromLittleEndian<quint64>(head + 8))
            return;
        visit(record);
        at += sizeOfRecord(record.text.size());
    }
}

void readHalf(QByteArrayView half, QMap<quint64, LogBatch::Entry> &entries)
{
    forRecords(half, [&](const Record &record) {
        const auto entry = record.isEmpty ? LogBatch::Entry() : entryOf(record.text.toByteArray());
        if (entry.number > 0)
            entries.insert(record.sequence, entry);
    });
}

} // namespace

PostJournal::PostJournal(const QString &path, qint64 halfSize)
    : m_file(nameFor(path))
    , m_halfSize(halfSize)
{
    for (size_t i = 0; i < m_halves.size(); ++i)
        m_halves[i].begin = HeadSize + qint64(i) * halfSize;
}

Expected<PostJournal::Left> PostJournal::left(const QString &path)
{
    QFile file(nameFor(path));
    if (!QFileInfo::exists(file.fileName()))
        return Left();
    if (!file.open(QIODevice::ReadOnly))
        return cannot(u"read"_s, file);
    const QByteArray bytes = file.read(HeadSize + 2 * LargestHalf);
    if (bytes.size() < std::min(file.size(), HeadSize + 2 * LargestHalf))
        return cannot(u"read"_s, file); // what comes behind would be lost
    if (bytes.size() < HeadSize)
        return Left(); // it was only begun
    if (bytes.startsWith(AnyKind) && !bytes.startsWith(Kind)) {
        return Error{
            u"too_new"_s,
            u"%1: was written by a newer version. Use that one, or move it away: it has the"
            " last moments of what was said."_s.arg(file.fileName())};
    }
    const auto halfSize = qFromLittleEndian<qint64>(bytes.data() + HalfSizeAt);
    if (!bytes.startsWith(Kind) || halfSize <= 0 || halfSize > LargestHalf)
        return Left{{}, true};
    QMap<quint64, LogBatch::Entry> entries; // by sequence
    const auto halves = QByteArrayView(bytes).sliced(HeadSize);
    readHalf(halves.first(std::min(halfSize, halves.size())), entries);
    if (halves.size() > halfSize)
        readHalf(halves.sliced(halfSize).first(std::min(halfSize, halves.size() - halfSize)),
                 entries);
    return Left{entries.values()};
}

// The zeros are written, so that there is place on the disk for what comes.
Expected<std::unique_ptr<PostJournal>> PostJournal::begin(const QString &path, qint64 halfSize)
{
    auto journal = std::unique_ptr<PostJournal>(new PostJournal(path, halfSize));
    QFile &file = journal->m_file;
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return cannot(u"opened"_s, file);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QByteArray bytes(HeadSize + 2 * halfSize, '\0');
    std::copy(Kind.begin(), Kind.end(), bytes.begin());
    qToLittleEndian<qint64>(halfSize, bytes.data() + HalfSizeAt);
    if (!journal->write(0, bytes) || !file.resize(bytes.size()))
        return cannot(u"written"_s, file);
    return journal;
}

bool PostJournal::write(qint64 at, const QByteArray &bytes)
{
    return m_file.seek(at) && m_file.write(bytes) == bytes.size();
}

// What is written in part is none, as its sum says, and the next one takes its place.
bool PostJournal::append(const LogBatch::Entry &entry)
{
    Half &half = m_halves[m_filled];
    const QByteArray text = textOf(entry);
    const qint64 size = sizeOfRecord(text.size());
    if (half.isBroken || size > m_halfSize - half.used)
        return false;
    QByteArray record(size, '\0');
    qToLittleEndian<qint64>(text.size(), record.data());
    qToLittleEndian<quint64>(sumOf(text, m_sequence + 1), record.data() + 8);
    qToLittleEndian<quint64>(m_sequence + 1, record.data() + 16);
    std::memcpy(record.data() + RecordHeadSize, text.constData(), size_t(text.size()));
    if (!write(half.begin + half.used, record))
        return false;
    half.last = ++m_sequence;
    half.used += size;
    return true;
}

quint64 PostJournal::handOver()
{
    const size_t other = 1 - m_filled;
    if (m_halves[other].used == 0)
        m_filled = other;
    return m_sequence;
}

// Where the zeros cannot be written, or in part, nothing behind them would be found: the half takes
// nothing more until another attempt goes well.
void PostJournal::written(quint64 sequence, const QSet<QString> &butFor)
{
    for (Half &half : m_halves) {
        if (half.used == 0)
            continue;
        if (!butFor.isEmpty()) {
            empty(half, sequence, butFor);
        } else if (half.last <= sequence) {
            half.isBroken = !write(half.begin, QByteArray(half.used, '\0'));
            half.used = half.isBroken ? half.used : 0;
        }
    }
}

/// Its records but for those of these rooms: each stays, without its text.
void PostJournal::empty(const Half &half, quint64 sequence, const QSet<QString> &butFor)
{
    if (!m_file.seek(half.begin))
        return;
    const QByteArray bytes = m_file.read(half.used);
    forRecords(bytes, [&](const Record &record) {
        const LogBatch::Entry entry = entryOf(record.text.toByteArray());
        if (record.isEmpty || record.sequence > sequence || butFor.contains(roomOf(entry)))
            return;
        QByteArray emptied(sizeOfRecord(record.text.size()), '\0');
        qToLittleEndian<qint64>(-record.text.size(), emptied.data());
        (void)write(half.begin + record.at, emptied);
    });
}

bool PostJournal::isFor(const LogBatch::Content &content)
{
    const auto *said = std::get_if<chat::Utterance>(&content);
    return said && said->reply.isEmpty() && said->edited == 0 && said->reactions.isEmpty()
        && !said->deletion;
}

void PostJournal::remove(const QString &path)
{
    QFile file(nameFor(path));
    if (file.exists() && !file.remove())
        qCWarning(lcStorage).noquote() << cannot(u"removed"_s, file).message;
}

bool PostJournal::isEmpty() const
{
    return std::all_of(m_halves.begin(), m_halves.end(),
                       [](const Half &half) { return half.used == 0; });
}

} // namespace parlour::storage
