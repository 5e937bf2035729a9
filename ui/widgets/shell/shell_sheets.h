// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/host/bridge_choice.h"
#include "widgets/host/hosting.h"

#include <QObject>
#include <QPointer>

#include <chrono>

namespace parlour::widgets {

class BridgeSheet;
class LinkSheet;
class Sheet;
class SheetHost;
class Theme;
class TransferSheet;
struct Unsaid;

/// Opens the window's sheets and hands on what people answer. A sheet that asks for something the
/// app must do stays open until finish(), and after setProblem().
class ShellSheets final : public QObject
{
    Q_OBJECT
public:
    /// `window` is covered while a sheet is open, and owns this.
    ShellSheets(const Theme &theme, QWidget *window);

    void openJoin(const QString &personName, const QString &address = {});
    /// `problem`: what went wrong with hosting so; empty: nothing.
    void openHost(const HostingRequest &before, const QString &problem = {});
    void openNewRoom(const QString &hostId, const QString &hostTitle);
    void openTopic(const QString &hostId, const QString &room, const QString &topic);
    void openName(const QString &name);
    void openSafety(const QString &hostTitle, const chat::HostKey &key, bool isOwn);
    /// Offers the person's way on in a browser, which is asked for at once: linkRequested().
    void openLink(const QString &hostId, const QString &hostTitle);
    /// The answers; passed over where nobody waits for them any more. `isOfThisComputer`: the
    /// address leads nowhere from others.
    void showLink(const QString &hostId, const QString &address, std::chrono::milliseconds lifetime,
                  bool isOfThisComputer);
    void failLink(const QString &hostId, const QString &problem);
    /// `link`: refused for another key than before.
    void openKeyChanged(const QString &hostId, const QString &hostTitle, const chat::Link &link);
    void openBridge(const BridgeChoice &before, const BridgeNotes &notes);
    void openQuit(const HostingState &state);
    /// Asks whether that message of a room is to be deleted.
    void openDelete(const QString &hostId, const QString &room, const QString &message);

    /// Asks whether a room (empty: the host) is to be left. `title`: what people call it.
    void openLeave(const QString &hostId, const QString &room, const QString &title,
                   const Unsaid &unsaid);

    /// Shows how far a room is on its way, until endTransfer(). Closing it is transferCancelled().
    void openTransfer(const QString &title);
    /// As TransferSheet::setProgress(); passed over where none is open.
    void showTransfer(const QString &state, qint64 done, qint64 total);
    /// It is there, or what went wrong; empty: nothing.
    void endTransfer(const QString &problem = {});
    /// Asks what a room is to be called instead of a name that is taken.
    void openImportAs(const QString &name);

    /// The answer to bridgeTestRequested(); passed over where nobody waits for it any more.
    void showBridgeTest(bool isGood, const QString &sentence);

    bool isOpen() const;
    /// What the open sheet asked for came to be: it closes. One that waits for no answer stays.
    void finish();
    /// What the open sheet asked for failed: said in it. False: no sheet waits for an answer.
    bool setProblem(const QString &sentence);

Q_SIGNALS:
    void joinRequested(const QString &address);
    void hostRequested(const parlour::widgets::HostingRequest &request);
    void newRoomRequested(const QString &hostId, const QString &title, const QString &topic);
    void topicChangeRequested(const QString &hostId, const QString &room, const QString &topic);
    void renameRequested(const QString &name);
    void copyRequested(const QString &text);
    /// A new one each time.
    void linkRequested(const QString &hostId);
    /// In a browser of this computer.
    void pageRequested(const QString &address);
    /// A person has compared this new key of the host.
    void trustRequested(const QString &hostId, const QByteArray &fingerprint);
    void stopAndQuitRequested();
    void deleteRequested(const QString &hostId, const QString &room, const QString &message);
    /// An empty room: the host.
    void leaveRequested(const QString &hostId, const QString &room);
    /// From the sheet for hosting.
    void bridgeRequested();
    void bridgeTestRequested(const parlour::widgets::BridgeChoice &choice);
    void bridgeTestDropped();
    void transferCancelled();
    void importNamed(const QString &name);
    void bridgeSaveRequested(const parlour::widgets::BridgeChoice &choice);

private:
    const Theme &m_theme;
    SheetHost *m_host;
    QPointer<BridgeSheet> m_bridge; ///< while it is open, like the next two
    QPointer<LinkSheet> m_link;
    QString m_linkHost;
    QPointer<TransferSheet> m_transfer;
};

} // namespace parlour::widgets
