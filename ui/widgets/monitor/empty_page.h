// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace parlour::widgets {

class Theme;

namespace monitor {

/// Instead of the pages while there has been no number yet: connecting, not reached, not allowed.
class EmptyPage : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyPage(const Theme &theme, QWidget *parent = nullptr);
    void showLink(const chat::Link &link);

Q_SIGNALS:
    void retryRequested();

private:
    void drawIcon();

    const Theme &m_theme;
    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_words;
    QPushButton *m_retry;
};

} // namespace monitor

} // namespace parlour::widgets
