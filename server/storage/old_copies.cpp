// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/old_copies.h"

#include "storage/logging.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

// On a disk that fails, a file may be found damaged every hour.
constexpr int MostDamaged = 3;

struct Copy {
    QString path;
    QString of =
        {}; ///< the damaged file that it is, or belongs to; empty: it is of an older format
    QDateTime madeAt = {}; ///< when it was put aside; invalid: it is none of ours
};

/// A damaged file says in its name when it was put aside: it was written before that, perhaps long
/// before.
Copy copyAt(const QFileInfo &file)
{
    static const QRegularExpression format(u"\\.format-[0-9]+$"_s);
    static const QRegularExpression damaged(
        u"^(.*\\.corrupt-([0-9]{8})-([0-9]{6})(-[0-9]+)?)(-wal|-shm)?$"_s);
    if (format.match(file.fileName()).hasMatch())
        return {file.filePath(), {}, file.lastModified()};
    const auto name = damaged.match(file.fileName());
    return {file.filePath(),
            name.captured(1),
            {QDate::fromString(name.captured(2), u"yyyyMMdd"_s),
             QTime::fromString(name.captured(3), u"HHmmss"_s), Qt::UTC}};
}

void removeCopy(const QString &copy)
{
    if (QFile::remove(copy))
        qCInfo(lcStorage).noquote() << copy << "was removed: it is old";
    else
        qCWarning(lcStorage).noquote() << copy << "cannot be removed; it has what was deleted"
                                       << "since. Remove it.";
}

} // namespace

void removeOldCopies(const QString &path)
{
    const QFileInfo file(path);
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDuration(-CopyLifetime);
    const auto files = file.dir().entryInfoList(
        {file.fileName() + u".format-*"_s, file.fileName() + u".corrupt-*"_s}, QDir::Files,
        QDir::Name | QDir::Reversed); // the newest first
    QSet<QString> damaged;
    for (const QFileInfo &found : files) {
        const Copy copy = copyAt(found);
        if (!copy.madeAt.isValid())
            continue;
        if (!copy.of.isEmpty())
            damaged.insert(copy.of);
        if (copy.madeAt <= limit || (!copy.of.isEmpty() && damaged.size() > MostDamaged))
            removeCopy(copy.path);
    }
}

} // namespace parlour::storage
