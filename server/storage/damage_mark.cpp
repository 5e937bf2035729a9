// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/damage_mark.h"

#include "storage/logging.h"

#include <QFile>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

QString markOf(const QString &path)
{
    return path + u".damaged"_s;
}

} // namespace

// Empty, so that a full disk has place for it.
void markDamaged(const QString &path)
{
    QFile mark(markOf(path));
    if (!mark.open(QIODevice::WriteOnly))
        qCWarning(lcStorage).noquote()
            << path << "is damaged, which cannot be noted beside it:" << mark.errorString();
}

bool isMarkedDamaged(const QString &path)
{
    return QFile::exists(markOf(path));
}

void removeDamageMark(const QString &path)
{
    QFile::remove(markOf(path));
}

} // namespace parlour::storage
