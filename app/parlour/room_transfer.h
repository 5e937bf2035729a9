// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/room_writer.h"
#include "wiring/room_files.h"

#include <QObject>
#include <QPointer>

namespace parlour::widgets {
class MainWindow;
}

namespace parlour {

class HostSession;
class Hosting;

/// What the window's person exports and imports: asks for the file, shows how far it is, says how
/// it went. One at a time. Lives in the window's thread.
class RoomTransfer final : public QObject
{
    Q_OBJECT
public:
    /// Both outlive it.
    RoomTransfer(widgets::MainWindow &window, Hosting &hosting, QObject *parent = nullptr);

    /// Of the own host's file all that it has, of another one what a client can read, or, while
    /// there is no way to it, what was kept.
    void exportRoom(HostSession &host, const QString &room);
    /// Into the own host.
    void importRoom();

Q_SIGNALS:
    /// A sentence about what has come to be.
    void noticed(const QString &sentence);
    /// The own host has the room now, to be shown.
    void imported(const QString &room);

private:
    struct Target {
        QPointer<HostSession> host;
        QString room;
        QString file;
        chat::ExportFormat format = chat::ExportFormat::Json;
    };

    void writeFile(const Target &target);
    void exportFile(const Target &target);
    void exportOverLink(const Target &target);
    template <typename Export>
    void follow(Export *job, const QString &file);
    void startImport(const QString &as);
    void connectImport();
    void cancel();
    void importFailed(const channels::Error &error);

    static chat::ExportLook look();
    static QString sentence(const channels::Error &error);

    widgets::MainWindow &m_window;
    Hosting &m_hosting;
    QPointer<QObject> m_job; ///< an export; a child
    bool m_isImporting = false;
    QString m_importFile;
    QString m_importAs;
};

} // namespace parlour
