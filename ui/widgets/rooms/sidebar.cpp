// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/sidebar.h"

#include "widgets/common/avatar.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/rooms/room_tree.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

Sidebar::Sidebar(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_avatar(new Avatar(theme, 36, this))
    , m_name(new TextLabel(theme, Theme::Type::Strong, TextLabel::Fit::Elide, this))
    , m_state(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Elide, this))
    , m_menu(makeTool(theme, u"menu"_s, tr("Menu"), this))
    , m_tree(new RoomTree(theme, this))
    , m_newRoom(makeButton(theme, tr("New room…"), {.kind = u"ghost"_s, .icon = u"plus"_s}, this))
    , m_host(makeButton(theme, tr("Host"), {.icon = u"lamp"_s}, this))
{
    setObjectName(u"sidebar"_s);
    m_state->setTone(u"text2"_s);
    m_newRoom->setEnabled(false);
    m_newRoom->setVisible(false);

    auto *column = new QVBoxLayout(this);
    makeTight(*column);
    column->addWidget(makeMe(theme));
    column->addWidget(m_tree, 1);
    auto *more = new QHBoxLayout;
    more->setContentsMargins(8, 4, 8, 4);
    more->addWidget(m_newRoom);
    more->addStretch(1);
    column->addLayout(more);
    column->addWidget(makeFoot(theme));
    connect(m_newRoom, &QPushButton::clicked, this, &Sidebar::newRoomClicked);
}

QWidget *Sidebar::makeMe(const Theme &theme)
{
    auto *me = new QWidget(this);
    me->setFixedHeight(theme.px(56));
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addStretch(1);
    names->addWidget(m_name);
    names->addWidget(m_state);
    names->addStretch(1);
    auto *row = new QHBoxLayout(me);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(12);
    row->addWidget(m_avatar);
    row->addLayout(names, 1);
    row->addWidget(m_menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    connect(&theme, &Theme::changed, me, [me, &theme] { me->setFixedHeight(theme.px(56)); });
    return me;
}

QWidget *Sidebar::makeFoot(const Theme &theme)
{
    auto *foot = new QFrame(this);
    foot->setObjectName(u"sidebarFoot"_s);
    auto *join = makeButton(theme, tr("Join"), {.icon = u"door"_s}, foot);
    setHostEnabled(true, {});
    join->setToolTip(tr("Go into a room by its address"));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(8);
    row->addWidget(m_host, 1);
    row->addWidget(join, 1);
    connect(m_host, &QPushButton::clicked, this, &Sidebar::hostClicked);
    connect(join, &QPushButton::clicked, this, &Sidebar::joinClicked);
    return foot;
}

QSize Sidebar::sizeHint() const
{
    return {m_theme.px(DesignWidth), QFrame::sizeHint().height()};
}

void Sidebar::setPerson(const QString &id, const QString &name)
{
    m_avatar->setLook({.id = id, .name = name, .isSquare = false, .isHere = true});
    m_name->setText(name);
}

void Sidebar::setState(const QString &words)
{
    m_state->setText(words);
}

void Sidebar::setMenu(QMenu *menu)
{
    m_menu->setMenu(menu);
}

void Sidebar::setHostEnabled(bool isEnabled, const QString &why)
{
    m_host->setEnabled(isEnabled);
    m_host->setToolTip(isEnabled ? tr("Open a room on this computer") : why);
}

void Sidebar::setNewRoomEnabled(bool isEnabled)
{
    m_newRoom->setEnabled(isEnabled);
    m_newRoom->setVisible(isEnabled);
}

} // namespace parlour::widgets
