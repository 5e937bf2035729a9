// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace parlour::tests {

/// What Channels itself answered, recorded once: vectors/NAME_vectors.json.
inline QJsonObject vectors(const QString &name)
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/vectors/%1_vectors.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// Where we deliberately differ from a vector: the vector's name, and why.
using Differences = QHash<QString, const char *>;

} // namespace parlour::tests
