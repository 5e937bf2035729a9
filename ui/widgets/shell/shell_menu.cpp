// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/shell_menu.h"

#include <QActionGroup>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

ShellMenu::ShellMenu(QWidget *parent)
    : QMenu(parent)
    , m_newRoom(addAction(tr("New room…"), QKeySequence(Qt::CTRL | Qt::Key_N), this,
                          &ShellMenu::newRoomRequested))
    , m_modes(new QActionGroup(this))
{
    addAction(tr("Your name…"), this, &ShellMenu::renameRequested);
    addSeparator();
    m_host = addAction(tr("Host a room…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H), this,
                       &ShellMenu::hostRequested);
    addAction(tr("Join a room…"), QKeySequence(Qt::CTRL | Qt::Key_J), this,
              &ShellMenu::joinRequested);
    m_monitor = addAction(tr("Monitor"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), this,
                          &ShellMenu::monitorRequested);
    addAction(tr("Redis bridge…"), this, &ShellMenu::bridgeRequested);
    m_import = addAction(tr("Import a room…"), this, &ShellMenu::importRequested);
    addSeparator();
    m_appearance = addMenu(tr("Appearance"));
    addThemeMode(tr("Like the desktop"), Theme::Mode::System);
    addThemeMode(tr("Light"), Theme::Mode::Light);
    addThemeMode(tr("Dark"), Theme::Mode::Dark);
    m_tellsTyping = addAction(tr("Tell others that I am typing"));
    m_tellsTyping->setCheckable(true);
    connect(m_tellsTyping, &QAction::triggered, this, &ShellMenu::tellsTypingRequested);
    addSeparator();
    addAction(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &ShellMenu::quitRequested);
    setHosting(false);
    setNewRoomEnabled(false);
}

void ShellMenu::addThemeMode(const QString &text, Theme::Mode mode)
{
    QAction *action = m_appearance->addAction(text);
    action->setCheckable(true);
    action->setData(QVariant::fromValue(mode));
    m_modes->addAction(action);
    connect(action, &QAction::triggered, this, [this, mode] { Q_EMIT themeModeRequested(mode); });
}

void ShellMenu::setThemeMode(Theme::Mode mode)
{
    for (QAction *action : m_modes->actions()) {
        action->setChecked(action->data().value<Theme::Mode>() == mode);
    }
}

void ShellMenu::setTellsTyping(bool tells)
{
    m_tellsTyping->setChecked(tells);
}

void ShellMenu::setHosting(bool isHosting)
{
    m_host->setEnabled(!isHosting);
    m_monitor->setEnabled(isHosting);
    m_import->setEnabled(isHosting);
}

void ShellMenu::setNewRoomEnabled(bool isEnabled)
{
    m_newRoom->setEnabled(isEnabled);
}

} // namespace parlour::widgets
