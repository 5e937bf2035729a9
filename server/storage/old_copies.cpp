// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/old_copies.h"

#include "storage/logging.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

/// When it was put aside; invalid: it is none of ours. A damaged file says so in its name: it was
/// written before that, perhaps long before.
QDateTime madeAt(const QFileInfo &copy)
{
    static const QRegularExpression format(u"\\.format-[0-9]+$"_s);
    static const QRegularExpression damaged(
        u"\\.corrupt-([0-9]{8})-([0-9]{6})(-[0-9]+)?(-wal|-shm)?$"_s);
    if (format.match(copy.fileName()).hasMatch())
        return copy.lastModified();
    const auto name = damaged.match(copy.fileName());
    return {QDate::fromString(name.captured(1), u"yyyyMMdd"_s),
            QTime::fromString(name.captured(2), u"HHmmss"_s), Qt::UTC};
}

} // namespace

void removeOldCopies(const QString &path)
{
    const QFileInfo file(path);
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDuration(-CopyLifetime);
    const auto copies = file.dir().entryInfoList(
        {file.fileName() + u".format-*"_s, file.fileName() + u".corrupt-*"_s}, QDir::Files);
    for (const QFileInfo &copy : copies) {
        const QDateTime made = madeAt(copy);
        if (!made.isValid() || made > limit)
            continue;
        if (QFile::remove(copy.filePath()))
            qCInfo(lcStorage).noquote() << copy.filePath() << "was removed: it is old";
        else
            qCWarning(lcStorage).noquote() << copy.filePath() << "cannot be removed; it has what "
                                           << "was deleted since. Remove it.";
    }
}

} // namespace parlour::storage
