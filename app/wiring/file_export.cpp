// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/file_export.h"

#include <QSaveFile>

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using storage::answerLater;
using namespace Qt::StringLiterals;

FileExport::FileExport(const RoomExport &wanted, const QString &file, QObject *parent)
    : QObject(parent)
    , m_wanted(wanted)
    , m_file(file)
{
}

FileExport::~FileExport()
{
    m_isCancelled = true;
}

void FileExport::start()
{
    m_thread.run([this] {
        const auto written = write();
        answerLater(this, [this, written] {
            if (written)
                Q_EMIT finished();
            else
                Q_EMIT failed(written.error());
        });
    });
}

/// In the thread.
Expected<void> FileExport::write()
{
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return Error{u"output"_s, file.errorString()};
    const auto written = exportRoom(m_wanted, file, [this](qint64 done, qint64 total) {
        answerLater(this, [this, done, total] { Q_EMIT progressed(done, total); });
        return !m_isCancelled;
    });
    if (!written)
        return written;
    if (m_isCancelled || !file.commit())
        return Error{u"output"_s, file.errorString()};
    return {};
}

} // namespace parlour::wiring
