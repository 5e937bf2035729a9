// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/room_header.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

RoomHeader::RoomHeader(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_back(makeTool(theme, u"back"_s, tr("Back to the rooms"), this))
    , m_title(new TextLabel(theme, Theme::Type::Title, TextLabel::Fit::Elide, this))
    , m_topic(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Elide, this))
    , m_members(makeTool(theme, u"users"_s, tr("Show members"), this))
    , m_search(makeTool(theme, u"search"_s, tr("Search"), this))
{
    setObjectName(u"roomHeader"_s);
    setFixedHeight(theme.px(56));
    m_title->setName(tr("Room"));
    m_topic->setName(tr("Topic"));
    m_topic->setTone(u"text2"_s);
    m_members->setCheckable(true);
    m_members->setProperty("kind", u"wide"_s);
    m_members->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_search->setCheckable(true);
    m_search->setToolTip(tr("Search this room (Ctrl+F)"));
    m_back->hide();

    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addStretch(1);
    names->addWidget(m_title);
    names->addWidget(m_topic);
    names->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(m_back);
    row->addSpacing(4);
    row->addLayout(names, 1000);
    row->addWidget(m_members);
    row->addWidget(m_search);
    row->addWidget(makeMoreTool(theme));

    connect(m_back, &QToolButton::clicked, this, &RoomHeader::backRequested);
    connect(m_members, &QToolButton::clicked, this, &RoomHeader::membersToggled);
    // Screen readers toggle it without a click.
    connect(m_search, &QToolButton::toggled, this, &RoomHeader::searchToggled);
    connect(&theme, &Theme::changed, this, [this, &theme] { setFixedHeight(theme.px(56)); });
}

QToolButton *RoomHeader::makeMoreTool(const Theme &theme)
{
    auto *more = makeTool(theme, u"more"_s, tr("More about this room"), this);
    auto *menu = new QMenu(more);
    connect(menu->addAction(tr("Change the topic…")), &QAction::triggered, this,
            &RoomHeader::topicChangeRequested);
    connect(menu->addAction(tr("Export…")), &QAction::triggered, this,
            &RoomHeader::exportRequested);
    connect(menu->addAction(tr("Leave this room")), &QAction::triggered, this,
            &RoomHeader::leaveRequested);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    return more;
}

void RoomHeader::setRoom(const QString &title, const QString &topic)
{
    m_topicText = topic;
    m_title->setText(title);
    m_topic->setText(topic.isEmpty() ? tr("No topic yet") : topic);
}

void RoomHeader::setPeople(int people)
{
    m_members->setText(QLocale().toString(people));
    m_members->setAccessibleDescription(tr("%n people", nullptr, people));
}

void RoomHeader::setBackVisible(bool isVisible)
{
    m_back->setVisible(isVisible);
}

void RoomHeader::setSearching(bool isSearching)
{
    const QSignalBlocker known(m_search);
    m_search->setChecked(isSearching);
}

void RoomHeader::setMembersShown(bool areShown)
{
    m_members->setChecked(areShown);
}

} // namespace parlour::widgets
