// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/theme.h"

#include <QMenu>

class QActionGroup;

namespace parlour::widgets {

/// The menu of the whole window. Its actions have the keys, too; the window adds them to itself.
class ShellMenu final : public QMenu
{
    Q_OBJECT
public:
    explicit ShellMenu(QWidget *parent);

    void setThemeMode(Theme::Mode mode);
    void setHosting(bool isHosting);
    void setNewRoomEnabled(bool isEnabled);
    void setTellsTyping(bool tells);

Q_SIGNALS:
    void newRoomRequested();
    void renameRequested();
    void hostRequested();
    void joinRequested();
    void monitorRequested();
    void bridgeRequested();
    void importRequested();
    void themeModeRequested(parlour::widgets::Theme::Mode mode);
    /// Whether others hear that the person is typing.
    void tellsTypingRequested(bool tells);
    void quitRequested();

private:
    void addThemeMode(const QString &text, Theme::Mode mode);

    QAction *m_newRoom;
    QAction *m_host = nullptr;
    QAction *m_monitor = nullptr;
    QAction *m_import = nullptr;
    QAction *m_tellsTyping = nullptr;
    QMenu *m_appearance = nullptr;
    QActionGroup *m_modes;
};

} // namespace parlour::widgets
