// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "room_transfer.h"

#include "client/room_export.h"
#include "host_session.h"
#include "hosting.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/shell_sheets.h"
#include "wiring/file_export.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

#include <utility>

namespace parlour {

using channels::Error;
using chat::ExportFormat;
using client::RoomExport;
using wiring::FileExport;
using namespace Qt::StringLiterals;

namespace {

/// What a file of that room may be called on any system.
QString fileNameOf(const QString &room)
{
    QString name = room;
    for (QChar &c : name) {
        if (QStringView(u"<>:\"|?*").contains(c))
            c = u'_';
    }
    return name.startsWith(u'.') ? u'_' + name : name;
}

QString folder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(documents).exists() ? documents : QDir::homePath();
}

QString suffixOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Html:
        return u"html"_s;
    case ExportFormat::Text:
        return u"txt"_s;
    case ExportFormat::Json:
        break;
    }
    return u"json"_s;
}

} // namespace

RoomTransfer::RoomTransfer(widgets::MainWindow &window, Hosting &hosting, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_hosting(hosting)
{
    connect(&m_window.sheets(), &widgets::ShellSheets::transferCancelled, this,
            &RoomTransfer::cancel);
    connectImport();
}

// ---- out ----

void RoomTransfer::exportRoom(HostSession &host, const QString &room)
{
    if (m_job || m_isImporting || m_window.sheets().isOpen())
        return;
    const QList<ExportFormat> formats{ExportFormat::Html, ExportFormat::Text, ExportFormat::Json};
    const QStringList filters{tr("Web page to read (*.html)"), tr("Plain text (*.txt)"),
                              tr("JSON, which a host can import (*.json)")};
    auto *dialog = new QFileDialog(&m_window, tr("Export “%1”").arg(room), folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(formats.first()));
    dialog->selectFile(fileNameOf(room) + u".html"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [=](const QString &filter) {
        const ExportFormat format = formats.value(filters.indexOf(filter));
        dialog->setDefaultSuffix(suffixOf(format));
        dialog->selectFile(fileNameOf(room) + u'.' + suffixOf(format));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [=, this, to = QPointer(&host)](const QString &file) {
                const auto chosen = formats.value(filters.indexOf(dialog->selectedNameFilter()));
                const auto format = wiring::exportFormatOf(file).value_or(chosen);
                QMetaObject::invokeMethod( // when the dialog is gone
                    this,
                    [=, this] {
                        writeFile({to, room, file, format});
                    },
                    Qt::QueuedConnection);
            });
    dialog->open();
}

void RoomTransfer::writeFile(const Target &target)
{
    if (!target.host || m_job)
        return;
    m_window.sheets().openTransfer(tr("Exporting “%1”").arg(target.room));
    const bool isOwn =
        m_hosting.keepsRooms() && target.host->client().address() == m_hosting.ownAddress();
    if (isOwn)
        exportFile(target);
    else
        exportOverLink(target);
}

/// All that the host's file has of it.
void RoomTransfer::exportFile(const Target &target)
{
    auto *job = new FileExport(
        {m_hosting.dataFolder(), target.room, m_hosting.title(), target.format, look()},
        target.file, this);
    connect(job, &FileExport::failed, this, [this, job](const Error &error) {
        job->deleteLater();
        m_window.sheets().endTransfer(sentence(error));
    });
    follow(job, target.file);
    job->start();
}

/// What a client can read of it.
void RoomTransfer::exportOverLink(const Target &target)
{
    client::HostClient &client = target.host->client();
    const RoomSession *room = target.host->room(target.room);
    const bool isOnline = client.link().state == chat::LinkState::Online;
    if (!isOnline && !client.store())
        return m_window.sheets().endTransfer(
            tr("The host cannot be reached. Try again when it is back."));
    chat::HostInfo info = target.host->info();
    info.title = target.host->title();
    auto *job = new RoomExport({target.file, target.room, room ? room->state().topic : QString(),
                                info, target.format, look(),
                                isOnline ? QString()
                                         : tr("The host could not be reached: this is what was "
                                              "kept of it on this computer.")},
                               this);
    connect(job, &RoomExport::failed, this, [this, job](const QString &problem) {
        job->deleteLater();
        m_window.sheets().endTransfer(problem);
    });
    connect(job, &RoomExport::waitingChanged, this, [this](bool isWaiting) {
        if (isWaiting)
            m_window.sheets().showTransfer(tr("Waiting for the host…"), 0, 0);
    });
    follow(job, target.file);
    if (isOnline)
        job->readHost(client.address(), target.host->clientOptions());
    else
        job->readStore(*client.store());
}

template <typename Export>
void RoomTransfer::follow(Export *job, const QString &file)
{
    m_job = job;
    connect(job, &Export::progressed, this,
            [this](qint64 done, qint64 total) { m_window.sheets().showTransfer({}, done, total); });
    connect(job, &Export::finished, this, [this, job, file] {
        job->deleteLater();
        m_job.clear();
        const QString done = tr("The room was exported to %1").arg(QDir::toNativeSeparators(file));
        QString missing;
        if constexpr (requires { job->missing(); }) // a host has its own file whole
            missing = job->missing();
        if (!missing.isEmpty()) // to be read before anything else
            return m_window.sheets().endTransfer(done + u". "_s + missing);
        m_window.sheets().endTransfer();
        Q_EMIT noticed(done);
    });
}

chat::ExportLook RoomTransfer::look()
{
    chat::ExportLook look;
    look.locale = QLocale();
    look.zone = QTimeZone::systemTimeZone();
    look.words.exported = tr("Exported from “%1” on %2");
    look.words.topic = tr("Topic: %1");
    look.words.zone = tr("Times are those of %1.");
    look.words.edited = tr("edited");
    look.words.deleted = tr("Message removed");
    look.words.missing = tr("Messages are missing here");
    look.words.lostQuote = tr("a message that is not here");
    return look;
}

// ---- in ----

void RoomTransfer::connectImport()
{
    connect(&m_window.sheets(), &widgets::ShellSheets::importNamed, this,
            &RoomTransfer::startImport);
    connect(&m_hosting, &Hosting::importing, this, [this](qint64 done, qint64 total) {
        if (m_isImporting)
            m_window.sheets().showTransfer({}, done, total);
    });
    connect(&m_hosting, &Hosting::imported, this, [this](const wiring::ImportedRoom &room) {
        m_isImporting = false;
        if (!room.staysWhole) // to be read before anything else
            return m_window.sheets().endTransfer(
                tr("The room “%1” is there. But it has more, or older, messages than your host "
                   "keeps: those will be gone within a minute.")
                    .arg(room.room));
        m_window.sheets().endTransfer();
        Q_EMIT imported(room.room);
    });
    connect(&m_hosting, &Hosting::importFailed, this, &RoomTransfer::importFailed);
    connect(&m_hosting, &Hosting::stopped, this, [this] {
        if (m_isImporting)
            importFailed({u"closed"_s, {}});
    });
}

void RoomTransfer::importRoom()
{
    if (m_job || m_isImporting || !m_hosting.isActive() || m_window.sheets().isOpen())
        return;
    auto *dialog = new QFileDialog(&m_window, tr("Import a room"), folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Rooms as JSON (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_importFile = file;
        QMetaObject::invokeMethod( // when the dialog is gone
            this, [this] { startImport({}); }, Qt::QueuedConnection);
    });
    dialog->open();
}

void RoomTransfer::startImport(const QString &as)
{
    if (m_job || m_isImporting || !m_hosting.isActive())
        return;
    m_isImporting = true;
    m_importAs = as;
    m_window.sheets().openTransfer(tr("Importing a room"));
    m_hosting.importRoom({m_importFile, as});
}

void RoomTransfer::importFailed(const Error &error)
{
    if (!std::exchange(m_isImporting, false))
        return;
    if (error.code == "room_exists"_L1) {
        m_window.sheets().endTransfer();
        const QString name = QFileInfo(m_importFile).completeBaseName();
        m_window.sheets().openImportAs(m_importAs.isEmpty() ? name : m_importAs);
        return;
    }
    m_window.sheets().endTransfer(sentence(error));
}

QString RoomTransfer::sentence(const Error &error)
{
    if (error.code == "output"_L1)
        return tr("The file cannot be written: %1").arg(error.message);
    if (error.code == "no_room"_L1)
        return tr("There is nothing in this room to export.");
    if (error.code == "bad_export"_L1)
        return tr("The file is no room that can be imported. %1").arg(error.message);
    if (error.code == "no_file"_L1)
        return tr("The file cannot be read. %1").arg(error.message);
    if (error.code == "bad_room"_L1)
        return tr("A room cannot be called so. Choose another name.");
    if (error.code == "too_many_rooms"_L1)
        return tr("Your host has no place for a further room.");
    if (error.code == "not_kept"_L1)
        return tr("Your host keeps nothing on disk, so it cannot import a room.");
    if (error.code == "closed"_L1)
        return tr("You have stopped hosting. Nothing was imported.");
    return tr("It did not work: %1").arg(error.message);
}

// ---- both ----

void RoomTransfer::cancel()
{
    if (m_job)
        m_job->deleteLater();
    m_job.clear();
    if (std::exchange(m_isImporting, false))
        m_hosting.cancelImport();
}

} // namespace parlour
