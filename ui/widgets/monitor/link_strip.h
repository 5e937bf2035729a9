// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace parlour::widgets {

class Theme;

namespace monitor {

/// Above the pages while what they show is not live: what happened, from when the numbers are, and
/// when it is tried again. Also says why the host refused a wish.
class LinkStrip : public QFrame
{
    Q_OBJECT
public:
    explicit LinkStrip(const Theme &theme, QWidget *parent = nullptr);

    /// `lastData`: ms UTC of the numbers on screen.
    void showTrouble(const chat::Link &link, qint64 lastData);
    void showRefusal(const QString &problem);
    void showNothing();

Q_SIGNALS:
    void retryRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setCounting(bool counts);
    void count();

    const Theme &m_theme;
    QLabel *m_words;
    QPushButton *m_retry;
    chat::Link m_link;
    qint64 m_lastData = 0;
    QElapsedTimer m_since; ///< of the link's word about its next try
    bool m_counts = false; ///< the seconds, while somebody may see them
    bool m_isSeen = false; ///< nor is its window minimised
    QTimer m_tick{this};
};

} // namespace monitor

} // namespace parlour::widgets
