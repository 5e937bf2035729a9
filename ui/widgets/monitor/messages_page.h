// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;

namespace parlour::models {
class LiveMessageModel;
}

namespace parlour::widgets {

class Theme;

namespace monitor {

class ElidedLabel;
class LiveMessageDelegate;

/// The live list with its filter and pause, and the words that everybody is told of it.
class MessagesPage : public QWidget
{
    Q_OBJECT
public:
    MessagesPage(const Theme &theme, models::LiveMessageModel &messages, QWidget *parent = nullptr);
    void setStale(bool isStale);

private:
    QWidget *makeBar();
    QWidget *makePauseStrip();
    QWidget *makeWatchedNote();
    void setUpList();
    void togglePause();
    void showCounts();
    void keepPlace(int inserted);

    const Theme &m_theme;
    models::LiveMessageModel &m_messages;
    QSortFilterProxyModel *m_proxy; ///< a child
    LiveMessageDelegate *m_delegate;
    QListView *m_list;
    QLineEdit *m_filter = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_clear = nullptr;
    QFrame *m_pauseStrip = nullptr;
    QLabel *m_paused = nullptr;
    ElidedLabel *m_matches;
    QLabel *m_empty;
    QString m_pausedAt;
};

} // namespace monitor

} // namespace parlour::widgets
