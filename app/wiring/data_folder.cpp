// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/data_folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSaveFile>

#include <array>

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using namespace Qt::StringLiterals;

namespace {

Error unusable(const QString &message)
{
    return {u"data"_s, message};
}

QByteArray makeToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex();
}

QString lockProblem(const QString &path, const QLockFile &lock)
{
    qint64 process = 0;
    QString host;
    QString program;
    if (lock.error() == QLockFile::LockFailedError && lock.getLockInfo(&process, &host, &program))
        return u"%1: in use by another process (%2, number %3). End it, or give another folder with --data."_s
            .arg(path, program)
            .arg(process);
    if (lock.error() == QLockFile::LockFailedError)
        return u"%1: in use by another process. Give another folder with --data."_s.arg(path);
    return u"%1: cannot be written. Change its permissions, or give another folder with --data."_s
        .arg(path);
}

} // namespace

DataFolder::DataFolder(const QString &path, std::unique_ptr<QLockFile> lock)
    : m_path(path)
    , m_lock(std::move(lock))
{
}

Expected<std::shared_ptr<DataFolder>> DataFolder::open(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return unusable(u"%1: not a folder. Give another one with --data."_s.arg(path));
    if (!info.exists()) {
        if (!QDir().mkpath(path))
            return unusable(u"%1: cannot be made. Give another folder with --data."_s.arg(path));
        QFile::setPermissions(path, OwnerOnly | QFileDevice::ExeOwner);
    }
    auto lock = std::make_unique<QLockFile>(path + u"/lock"_s);
    lock->setStaleLockTime(0); // only a dead process' lock is stale, however old it is
    if (!lock->tryLock())
        return unusable(lockProblem(path, *lock));
    return std::shared_ptr<DataFolder>(new DataFolder(path, std::move(lock)));
}

Expected<QByteArray> DataFolder::ownerToken() const
{
    const QString name = filePath(u"owner.token"_s);
    QFile file(name);
    if (file.open(QIODevice::ReadOnly)) {
        static const QRegularExpression token(uR"(\A[0-9a-f]{64}\z)"_s);
        const QByteArray read = file.read(1024).trimmed().toLower();
        if (token.match(QString::fromLatin1(read)).hasMatch())
            return read;
        return unusable(
            u"%1: does not hold 64 hexadecimal digits. Delete it to get a new one."_s.arg(name));
    }
    if (file.exists())
        return unusable(u"%1: cannot be read: %2."_s.arg(name, file.errorString()));

    const QByteArray made = makeToken();
    QSaveFile out(name);
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(OwnerOnly)
        || out.write(made + '\n') < 0 || !out.commit())
        return unusable(u"%1: cannot be written: %2."_s.arg(name, out.errorString()));
    return made;
}

} // namespace parlour::wiring
