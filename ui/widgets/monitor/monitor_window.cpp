// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/monitor_window.h"

#include "models/monitor/format.h"
#include "widgets/monitor/bridge_page.h"
#include "widgets/monitor/channels_page.h"
#include "widgets/monitor/connections_page.h"
#include "widgets/monitor/empty_page.h"
#include "widgets/monitor/groups_page.h"
#include "widgets/monitor/link_strip.h"
#include "widgets/monitor/messages_page.h"
#include "widgets/monitor/overview_page.h"
#include "widgets/monitor/parts.h"
#include "widgets/monitor/section_list.h"

#include <QCheckBox>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace parlour::widgets {

using namespace Qt::StringLiterals;
using chat::LinkState;
using monitor::Section;

namespace {

constexpr int NarrowWidth = 900;

} // namespace

MonitorWindow::MonitorWindow(const Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_theme(theme)
{
    auto *central = new QWidget;
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeHeader());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(makeSide());
    columns->addWidget(makePages(), 1);
    rows->addLayout(columns, 1);
    setCentralWidget(central);
    wirePages();
    setMinimumSize(theme.px(360), theme.px(400));
    resize(theme.px(1180), theme.px(760));
    setHostTitle({});
    setLink({});
    m_sections->setFocus();
}

MonitorWindow::~MonitorWindow() = default;

QWidget *MonitorWindow::makeHeader()
{
    auto *header = new monitor::Surface(m_theme, &Tokens::base, Qt::BottomEdge);
    header->setMinimumHeight(m_theme.px(56));
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(8);
    m_dot = monitor::makeLabel(m_theme, Theme::Type::Body);
    m_dot->setText(u"●"_s);
    m_title = new monitor::ElidedLabel(m_theme, Theme::Type::Strong);
    m_state = monitor::makeLabel(m_theme, Theme::Type::Small, "text2");
    m_uptime = monitor::makeLabel(m_theme, Theme::Type::Small, "text2");
    m_readOnly = new QCheckBox(tr("Read only"));
    m_readOnly->setAccessibleName(tr("Read only"));
    m_readOnly->setToolTip(tr("While it is ticked, nothing can be closed from here"));
    m_readOnly->setChecked(true);
    row->addWidget(m_dot);
    row->addWidget(m_title);
    row->addWidget(m_state);
    row->addWidget(m_uptime);
    row->addStretch();
    row->addWidget(m_readOnly);
    return header;
}

QWidget *MonitorWindow::makeSide()
{
    auto *side = new monitor::Surface(m_theme, &Tokens::side, Qt::RightEdge);
    auto *rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 8, 1, 0);
    rows->setSpacing(0);
    m_sections = new monitor::SectionList(m_theme);
    m_sideNote = monitor::makeLabel(m_theme, Theme::Type::Caption, "text2");
    m_sideNote->setText(tr("Updated up to 4 times a second. Closed, the monitor costs nothing."));
    m_sideNote->setWordWrap(true);
    m_sideNote->setContentsMargins(20, 12, 16, 14);
    rows->addWidget(m_sections, 1);
    rows->addWidget(m_sideNote);
    return side;
}

QWidget *MonitorWindow::makePages()
{
    auto *area = new QWidget;
    auto *rows = new QVBoxLayout(area);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_strip = new monitor::LinkStrip(m_theme);
    m_pages = new QStackedWidget;
    m_empty = new monitor::EmptyPage(m_theme);
    m_overview = new monitor::OverviewPage(m_theme, m_overviewModel);
    m_channels = new monitor::ChannelsPage(m_theme, m_channelModel, m_connectionModel);
    m_groups = new monitor::GroupsPage(m_theme, m_groupModel);
    m_connections = new monitor::ConnectionsPage(m_theme, m_connectionModel);
    m_messages = new monitor::MessagesPage(m_theme, m_messageModel);
    m_bridge =
        new monitor::BridgePage(m_theme, {m_bridgeModel, m_bridgeHostModel, m_notSharedModel});
    for (QWidget *page : std::initializer_list<QWidget *>{m_empty, m_overview, m_channels, m_groups,
                                                          m_connections, m_messages, m_bridge})
        m_pages->addWidget(page);
    rows->addWidget(m_strip);
    rows->addWidget(m_pages, 1);
    return area;
}

void MonitorWindow::wirePages()
{
    connect(m_sections, &monitor::SectionList::sectionChanged, this, &MonitorWindow::showSection);
    connect(m_overview, &monitor::OverviewPage::sectionWanted, m_sections,
            &monitor::SectionList::setSection);
    connect(m_readOnly, &QCheckBox::toggled, m_connections, &monitor::ConnectionsPage::setReadOnly);
    connect(m_connections, &monitor::ConnectionsPage::closeRequested, this,
            &MonitorWindow::closeConnectionRequested);
    connect(m_connections, &monitor::ConnectionsPage::pingRequested, this,
            &MonitorWindow::pingRequested);
    connect(m_strip, &monitor::LinkStrip::retryRequested, this, &MonitorWindow::retryRequested);
    connect(m_empty, &monitor::EmptyPage::retryRequested, this, &MonitorWindow::retryRequested);
    connect(m_bridge, &monitor::BridgePage::settingsRequested, this,
            &MonitorWindow::bridgeSettingsRequested);
}

void MonitorWindow::setOwn(bool isOwn)
{
    m_bridge->setOwn(isOwn);
}

void MonitorWindow::setHostTitle(const QString &title)
{
    const QString line = models::oneLine(title);
    m_title->setText(line);
    setWindowTitle(line.isEmpty() ? tr("Monitor – Parlour")
                                  : tr("Monitor – %1 – Parlour").arg(line));
}

void MonitorWindow::setSnapshot(const chat::MonitorSnapshot &snapshot)
{
    const channels::Snapshot &host = snapshot.snapshot;
    m_lastData = QDateTime::currentMSecsSinceEpoch();
    if (!snapshot.title.isEmpty())
        setHostTitle(snapshot.title);
    m_overviewModel.setSnapshot(snapshot);
    m_connectionModel.setSnapshot(host);
    m_channelModel.setChannels(host.channels, host.time);
    m_groupModel.setSnapshot(host);
    m_overview->refresh();
    m_channels->refresh(host.time);
    showCounts(snapshot);
    showBridge(snapshot);
    if (m_pages->currentWidget() == m_empty)
        showState();
}

void MonitorWindow::showCounts(const chat::MonitorSnapshot &snapshot)
{
    const channels::Snapshot &host = snapshot.snapshot;
    m_sections->setCount(Section::Channels, models::formatNumber(host.channels.size()));
    m_sections->setCount(Section::Groups, models::formatNumber(host.groups.size()));
    m_sections->setCount(Section::Connections, models::formatNumber(host.connections.size()));
    for (monitor::TablePage *page :
         std::initializer_list<monitor::TablePage *>{m_channels, m_groups, m_connections})
        page->setLeftOut(snapshot.leftOut);
    m_uptime->setText(
        tr("up %1", "for how long").arg(models::formatDuration(host.time - host.started)));
}

void MonitorWindow::showBridge(const chat::MonitorSnapshot &snapshot)
{
    const auto &bridge = snapshot.snapshot.bridge;
    m_bridgeModel.setSnapshot(snapshot);
    m_bridgeHostModel.setHosts(bridge ? bridge->hosts : QList<channels::BridgeInfo::Host>());
    m_notSharedModel.setCauses(bridge ? bridge->notShared : QMap<QString, qint64>());
    m_bridge->refresh();
    if (bridge)
        m_sections->setState(Section::Bridge, models::BridgeModel::stateTone(bridge->state()),
                             models::BridgeModel::stateText(bridge->state()));
    else
        m_sections->setState(Section::Bridge, models::CellTone::Plain, {});
}

void MonitorWindow::addActivity(const chat::MonitorActivity &activity)
{
    m_messageModel.addActivity(activity);
}

void MonitorWindow::setLink(const chat::Link &link)
{
    m_link = link;
    showState();
}

void MonitorWindow::showError(const chat::ErrorFrame &error)
{
    if (m_link.state == LinkState::Online)
        m_strip->showRefusal(models::oneLine(error.message));
}

void MonitorWindow::showState()
{
    const bool isLive = m_link.state == LinkState::Online;
    const bool isStale = !isLive && m_lastData > 0;
    m_overview->setStale(isStale);
    m_channels->setStale(isStale);
    m_groups->setStale(isStale);
    m_connections->setStale(isStale);
    m_messages->setStale(isStale);
    m_bridge->setStale(isStale);
    m_connections->setOnline(isLive);
    m_empty->showLink(m_link);
    if (isStale)
        m_strip->showTrouble(m_link, m_lastData);
    else
        m_strip->showNothing();
    monitor::setTone(m_dot,
                     isLive                                   ? "ok"
                         : m_link.state == LinkState::Refused ? "bad"
                         : m_link.state == LinkState::Offline ? "text3"
                                                              : "warn");
    m_state->setText(isLive                                      ? tr("connected")
                         : m_link.state == LinkState::Offline    ? tr("not connected")
                         : m_link.state == LinkState::Connecting ? tr("connecting…")
                         : m_link.state == LinkState::Waiting    ? tr("reconnecting")
                                                                 : tr("refused"));
    showSection();
}

void MonitorWindow::showSection()
{
    const QList<QWidget *> pages{m_overview,    m_channels, m_groups,
                                 m_connections, m_messages, m_bridge};
    m_pages->setCurrentWidget(m_lastData > 0 ? pages.at(int(m_sections->section())) : m_empty);
    updateWatching();
}

void MonitorWindow::updateWatching()
{
    const bool isWatching = m_pages->currentWidget() == m_messages && isVisible() && !isMinimized();
    if (isWatching == m_isWatching)
        return;
    m_isWatching = isWatching;
    Q_EMIT watchRequested(isWatching);
}

bool MonitorWindow::event(QEvent *event)
{
    const bool isHandled = QMainWindow::event(event);
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        updateWatching();
        break;
    default:
        break;
    }
    return isHandled;
}

void MonitorWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool isNarrow = width() < m_theme.px(NarrowWidth);
    m_sections->setNarrow(isNarrow);
    m_sideNote->setVisible(!isNarrow);
    m_uptime->setVisible(!isNarrow);
}

} // namespace parlour::widgets
