// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/shell_sheets.h"

#include "widgets/common/sheet_host.h"
#include "widgets/common/text_sheet.h"
#include "widgets/host/bridge_sheet.h"
#include "widgets/host/host_sheet.h"
#include "widgets/host/key_changed_sheet.h"
#include "widgets/host/link_sheet.h"
#include "widgets/host/quit_sheet.h"
#include "widgets/host/safety_sheet.h"
#include "widgets/rooms/delete_sheet.h"
#include "widgets/rooms/join_sheet.h"
#include "widgets/rooms/leave_sheet.h"
#include "widgets/rooms/transfer_sheet.h"

namespace parlour::widgets {

namespace {

constexpr int LongestName = 40;
constexpr int LongestRoom = 200;
constexpr int LongestTopic = 200;

} // namespace

ShellSheets::ShellSheets(const Theme &theme, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_host(new SheetHost(theme, window))
{
}

void ShellSheets::openJoin(const QString &personName, const QString &address)
{
    auto *sheet = new JoinSheet(m_theme, personName, address);
    connect(sheet, &JoinSheet::joinRequested, this, &ShellSheets::joinRequested);
    m_host->open(sheet);
}

void ShellSheets::openHost(const HostingRequest &before, const QString &problem)
{
    auto *sheet = new HostSheet(m_theme, before);
    connect(sheet, &HostSheet::hostRequested, this, &ShellSheets::hostRequested);
    connect(sheet, &HostSheet::bridgeRequested, this, &ShellSheets::bridgeRequested);
    m_host->open(sheet);
    sheet->setProblem(problem);
}

void ShellSheets::openNewRoom(const QString &hostId, const QString &hostTitle)
{
    auto *sheet = new TextSheet(
        m_theme,
        {.title = tr("New room"),
         .sentence = tr("Everybody at %1 sees the room and can join it.").arg(hostTitle),
         .button = tr("Create"),
         .busy = tr("Creating…")},
        {{.caption = tr("Room name"), .longest = LongestRoom},
         {.caption = tr("Topic"), .longest = LongestTopic, .mayBeEmpty = true}});
    connect(sheet, &TextSheet::submitted, this, [this, hostId](const QStringList &texts) {
        Q_EMIT newRoomRequested(hostId, texts.at(0), texts.at(1));
    });
    m_host->open(sheet);
}

void ShellSheets::openTopic(const QString &hostId, const QString &room, const QString &topic)
{
    auto *sheet = new TextSheet(
        m_theme,
        {.title = tr("Topic of %1").arg(room),
         .sentence = {},
         .button = tr("Change"),
         .busy = tr("Changing…")},
        {{.caption = tr("Topic"), .text = topic, .longest = LongestTopic, .mayBeEmpty = true}});
    connect(sheet, &TextSheet::submitted, this, [this, hostId, room](const QStringList &texts) {
        Q_EMIT topicChangeRequested(hostId, room, texts.at(0));
    });
    m_host->open(sheet);
}

void ShellSheets::openName(const QString &name)
{
    auto *sheet =
        new TextSheet(m_theme,
                      {.title = tr("Your name"),
                       .sentence = tr("Others see it, in all rooms, from now on."),
                       .button = tr("Change"),
                       .busy = tr("Changing…")},
                      {{.caption = tr("Your name"), .text = name, .longest = LongestName}});
    connect(sheet, &TextSheet::submitted, this,
            [this](const QStringList &texts) { Q_EMIT renameRequested(texts.at(0)); });
    m_host->open(sheet);
}

void ShellSheets::openSafety(const QString &hostTitle, const chat::HostKey &key, bool isOwn)
{
    auto *sheet = new SafetySheet(m_theme, hostTitle, key, isOwn);
    connect(sheet, &SafetySheet::copyRequested, this, &ShellSheets::copyRequested);
    m_host->open(sheet);
}

void ShellSheets::openLink(const QString &hostId, const QString &hostTitle)
{
    m_link = new LinkSheet(m_theme, hostTitle);
    m_linkHost = hostId;
    connect(m_link, &LinkSheet::linkRequested, this,
            [this, hostId] { Q_EMIT linkRequested(hostId); });
    connect(m_link, &LinkSheet::copyRequested, this, &ShellSheets::copyRequested);
    connect(m_link, &LinkSheet::pageRequested, this, &ShellSheets::pageRequested);
    m_host->open(m_link);
    Q_EMIT linkRequested(hostId);
}

void ShellSheets::showLink(const QString &hostId, const QString &address,
                           std::chrono::milliseconds lifetime, bool isOfThisComputer)
{
    if (m_link && hostId == m_linkHost)
        m_link->showLink(address, lifetime, isOfThisComputer);
}

void ShellSheets::failLink(const QString &hostId, const QString &problem)
{
    if (m_link && hostId == m_linkHost)
        m_link->fail(problem);
}

void ShellSheets::openKeyChanged(const QString &hostId, const QString &hostTitle,
                                 const chat::Link &link)
{
    auto *sheet = new KeyChangedSheet(m_theme, hostTitle, link.keyBefore.value_or(chat::HostKey()),
                                      link.key.fingerprint);
    connect(sheet, &KeyChangedSheet::trustRequested, this,
            [this, hostId](const QByteArray &shown) { Q_EMIT trustRequested(hostId, shown); });
    m_host->open(sheet);
}

void ShellSheets::openBridge(const BridgeChoice &before, const BridgeNotes &notes)
{
    m_bridge = new BridgeSheet(m_theme, before, notes);
    connect(m_bridge, &BridgeSheet::testRequested, this, &ShellSheets::bridgeTestRequested);
    connect(m_bridge, &BridgeSheet::testDropped, this, &ShellSheets::bridgeTestDropped);
    connect(m_bridge, &BridgeSheet::saveRequested, this, &ShellSheets::bridgeSaveRequested);
    m_host->open(m_bridge);
}

void ShellSheets::showBridgeTest(bool isGood, const QString &sentence)
{
    if (m_bridge)
        m_bridge->showTest(isGood, sentence);
}

void ShellSheets::openQuit(const HostingState &state)
{
    auto *sheet = new QuitSheet(m_theme, state);
    connect(sheet, &QDialog::accepted, this, &ShellSheets::stopAndQuitRequested);
    m_host->open(sheet);
}

void ShellSheets::openDelete(const QString &hostId, const QString &room, const QString &message)
{
    if (isOpen())
        return;
    auto *sheet = new DeleteSheet(m_theme);
    connect(sheet, &QDialog::accepted, this,
            [this, hostId, room, message] { Q_EMIT deleteRequested(hostId, room, message); });
    m_host->open(sheet);
}

void ShellSheets::openLeave(const QString &hostId, const QString &room, const QString &title,
                            const Unsaid &unsaid)
{
    if (isOpen())
        return;
    auto *sheet = new LeaveSheet(m_theme, title, unsaid);
    connect(sheet, &QDialog::accepted, this,
            [this, hostId, room] { Q_EMIT leaveRequested(hostId, room); });
    m_host->open(sheet);
}

void ShellSheets::openTransfer(const QString &title)
{
    m_transfer = new TransferSheet(m_theme, title);
    connect(m_transfer, &QDialog::rejected, this, [this] {
        if (m_transfer)
            Q_EMIT transferCancelled();
    });
    m_host->open(m_transfer);
}

void ShellSheets::showTransfer(const QString &state, qint64 done, qint64 total)
{
    if (m_transfer)
        m_transfer->setProgress(state, done, total);
}

void ShellSheets::endTransfer(const QString &problem)
{
    TransferSheet *sheet = m_transfer;
    m_transfer.clear(); // closing it cancels nothing any more
    if (sheet && problem.isEmpty())
        sheet->accept();
    else if (sheet)
        sheet->setProblem(problem);
}

void ShellSheets::openImportAs(const QString &name)
{
    auto *sheet =
        new TextSheet(m_theme,
                      {.title = tr("Import under another name"),
                       .sentence = tr("Your host has messages in a room of that name already."),
                       .button = tr("Import"),
                       .busy = tr("Importing…")},
                      {{.caption = tr("Room name"), .text = name, .longest = LongestRoom}});
    connect(sheet, &TextSheet::submitted, this, [this, sheet](const QStringList &texts) {
        sheet->accept();
        Q_EMIT importNamed(texts.at(0));
    });
    m_host->open(sheet);
}

bool ShellSheets::isOpen() const
{
    return m_host->current() != nullptr;
}

void ShellSheets::finish()
{
    Sheet *sheet = m_host->current();
    if (sheet != nullptr && sheet->isBusy()) {
        sheet->reject();
    }
}

bool ShellSheets::setProblem(const QString &sentence)
{
    Sheet *sheet = m_host->current();
    const bool isAwaited = sheet != nullptr && sheet->isBusy();
    if (isAwaited) {
        sheet->setProblem(sentence);
    }
    return isAwaited;
}

} // namespace parlour::widgets
