// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QToolButton;

namespace parlour::widgets {

class Theme;

/// The tools at the upper right corner of the message under the pointer. Keys have ways of their
/// own, so none of them takes the focus.
class MessageActions final : public QFrame
{
    Q_OBJECT
public:
    /// theme outlives the widget.
    MessageActions(const Theme &theme, QWidget *parent);

Q_SIGNALS:
    void reactRequested();
    void replyRequested();
    void moreRequested();

private:
    void restyle();

    const Theme &m_theme;
    QList<QToolButton *> m_tools;
};

} // namespace parlour::widgets
