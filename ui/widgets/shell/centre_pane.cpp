// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/centre_pane.h"

#include "widgets/common/controls.h"
#include "widgets/common/empty_state.h"
#include "widgets/rooms/bridge_strip.h"
#include "widgets/rooms/catch_up_strip.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/rooms/privacy_strip.h"
#include "widgets/rooms/room_header.h"

#include <QPushButton>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

CentrePane::CentrePane(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_header(new RoomHeader(theme, this))
    , m_link(new LinkStrip(theme, this))
    , m_privacy(new PrivacyStrip(theme, this))
    , m_bridge(new BridgeStrip(theme, this))
    , m_catchUp(new CatchUpStrip(theme, this))
    , m_watched(new Banner(theme, this))
    , m_stack(new QStackedLayout)
    , m_noHost(makeNoHost(theme))
    , m_noRoom(new EmptyState(theme, u"hash"_s, tr("No room is open"),
                              tr("Choose a room on the left."), this))
{
    setObjectName(u"centrePane"_s);
    m_watched->setBanner({.tone = u"quiet"_s, .icon = u"eye"_s}, {},
                         tr("This room is being watched by the host"));
    m_watched->hide();
    m_stack->addWidget(m_noHost);
    m_stack->addWidget(m_noRoom);
    auto *column = new QVBoxLayout(this);
    makeTight(*column);
    column->addWidget(m_header);
    column->addWidget(m_link);
    column->addWidget(m_catchUp);
    column->addWidget(m_bridge);
    column->addWidget(m_privacy);
    column->addWidget(m_watched);
    column->addLayout(m_stack, 1);
    setContent(Content::NoHost);
}

QWidget *CentrePane::makeNoHost(const Theme &theme)
{
    auto *page =
        new EmptyState(theme, u"door"_s, tr("Not in any room"),
                       tr("Open a room on this computer or go into one by its address."), this);
    connect(page->addButton(tr("Host a room"), u"lamp"_s, true), &QPushButton::clicked, this,
            &CentrePane::hostClicked);
    connect(page->addButton(tr("Join a room"), u"door"_s), &QPushButton::clicked, this,
            &CentrePane::joinClicked);
    return page;
}

void CentrePane::setConversation(QWidget *conversation)
{
    m_conversation = conversation;
    m_stack->addWidget(conversation);
    setContent(m_content);
}

void CentrePane::setContent(Content content)
{
    m_content = content;
    const bool isRoom = content == Content::Conversation && m_conversation != nullptr;
    m_header->setVisible(isRoom);
    m_stack->setCurrentWidget(isRoom                           ? m_conversation
                                  : content == Content::NoHost ? m_noHost
                                                               : m_noRoom);
}

void CentrePane::setWatched(bool isWatched)
{
    m_watched->setVisible(isWatched);
}

} // namespace parlour::widgets
