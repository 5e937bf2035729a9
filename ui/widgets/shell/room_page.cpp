// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/room_page.h"

#include "widgets/common/controls.h"
#include "widgets/host/host_bar.h"
#include "widgets/rooms/member_pane.h"
#include "widgets/rooms/room_header.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/search/search_panel.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QSplitter>
#include <QVBoxLayout>

namespace parlour::widgets {

namespace {

constexpr int LeastSidebar = 200;
constexpr int MostSidebar = 360;
constexpr int LeastMembers = 180;
constexpr int MostMembers = 320;
constexpr int LeastSearch = 260;
constexpr int MostSearch = 460;

} // namespace

RoomPage::RoomPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_hostBar(new HostBar(theme, this))
    , m_splitter(new QSplitter(this))
    , m_sidebar(new Sidebar(theme, m_splitter))
    , m_centre(new CentrePane(theme, m_splitter))
    , m_members(new MemberPane(theme, m_splitter))
    , m_search(new SearchPanel(theme, m_splitter))
{
    build();
    connect(&m_centre->header(), &RoomHeader::membersToggled, this, [this](bool areShown) {
        (width() >= m_theme.px(WideWidth) ? m_wantsMembers : m_membersOver) = areShown;
        m_isSearchOpen = m_isSearchOpen && !areShown;
        arrange();
    });
    connect(&m_centre->header(), &RoomHeader::backRequested, this, [this] {
        m_membersOver = m_isSearchOpen = false;
        setTreeInFront(true);
    });
    connect(&theme, &Theme::changed, this, &RoomPage::arrange);
}

void RoomPage::build()
{
    m_hostBar->hide();
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({m_theme.px(Sidebar::DesignWidth), m_theme.px(WideWidth),
                          m_theme.px(MemberPane::DesignWidth),
                          m_theme.px(SearchPanel::DesignWidth)});
    auto *column = new QVBoxLayout(this);
    makeTight(*column);
    column->addWidget(m_hostBar);
    column->addWidget(m_splitter, 1);
}

void RoomPage::setMembersAvailable(bool areAvailable)
{
    m_hasMembers = areAvailable;
    arrange();
}

void RoomPage::setSearchOpen(bool isOpen)
{
    m_isSearchOpen = isOpen;
    arrange();
}

void RoomPage::setTreeInFront(bool isInFront)
{
    m_isTreeInFront = isInFront;
    arrange();
}

void RoomPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void RoomPage::arrange()
{
    const bool isWide = width() >= m_theme.px(WideWidth);
    const bool isNarrow = width() < m_theme.px(NarrowWidth);
    const bool isTreeAlone = isNarrow && m_isTreeInFront;
    m_sidebar->setMinimumWidth(isNarrow ? 0 : m_theme.px(LeastSidebar));
    m_sidebar->setMaximumWidth(isTreeAlone ? QWIDGETSIZE_MAX : m_theme.px(MostSidebar));
    m_sidebar->setVisible(!isNarrow || m_isTreeInFront);
    m_centre->setVisible(!isTreeAlone);
    m_centre->header().setBackVisible(isNarrow);

    const bool isSearching = m_hasMembers && !isTreeAlone && m_isSearchOpen;
    const bool areShown =
        m_hasMembers && !isTreeAlone && !isSearching && (isWide ? m_wantsMembers : m_membersOver);
    place(*m_members, {LeastMembers, MostMembers, MemberPane::DesignWidth}, isWide);
    place(*m_search, {LeastSearch, MostSearch, SearchPanel::DesignWidth}, isWide);
    m_members->setVisible(areShown);
    m_search->setVisible(isSearching);
    m_centre->header().setMembersShown(areShown);
    m_centre->header().setSearching(isSearching);
}

// Beside the room it is a further pane of the splitter, else it lies over the room's right edge,
// under the header, which has the way back.
void RoomPage::place(QWidget &pane, const Width &paneWidth, bool isBeside)
{
    if (isBeside) {
        pane.setMinimumWidth(m_theme.px(paneWidth.least));
        pane.setMaximumWidth(m_theme.px(paneWidth.most));
        if (pane.parentWidget() != m_splitter) {
            m_splitter->addWidget(&pane);
        }
        return;
    }
    if (pane.parentWidget() != this) {
        pane.setParent(this);
    }
    const int wanted = width() < m_theme.px(NarrowWidth) ? width() : m_theme.px(paneWidth.wanted);
    const QPoint below(0, m_centre->header().height());
    const int top = m_centre->mapTo(this, below).y();
    pane.setMinimumWidth(0);
    pane.setMaximumWidth(QWIDGETSIZE_MAX);
    pane.setGeometry(width() - wanted, top, wanted, height() - top);
    pane.raise();
}

QList<QWidget *> RoomPage::panes() const
{
    QList<QWidget *> all{m_hostBar, &m_sidebar->tree(), &m_centre->header()};
    if (m_centre->conversation() != nullptr) {
        all << m_centre->conversation();
    }
    return all << m_members << m_search;
}

void RoomPage::focusNextPane()
{
    const QList<QWidget *> all = panes();
    const QWidget *now = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (now != nullptr && (all.at(i) == now || all.at(i)->isAncestorOf(now))) {
            at = i;
        }
    }
    for (qsizetype step = 1; step <= all.size(); ++step) {
        QWidget *pane = all.at((at + step + all.size()) % all.size());
        if (!pane->isVisible()) {
            continue;
        }
        if (pane->focusPolicy() != Qt::NoFocus || pane->focusProxy() != nullptr) {
            pane->setFocus(Qt::TabFocusReason);
            return;
        }
        for (QWidget *child : pane->findChildren<QWidget *>()) {
            if ((child->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && child->isVisible()
                && child->isEnabled()) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

QByteArray RoomPage::saveLayout() const
{
    return m_splitter->saveState();
}

void RoomPage::restoreLayout(const QByteArray &layout)
{
    m_splitter->restoreState(layout);
    m_splitter->setHandleWidth(1);
    arrange();
}

} // namespace parlour::widgets
