// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/firstrun/recent_hosts.h"

#include <QFrame>

class QBoxLayout;
class QLineEdit;

namespace parlour::widgets {

class HostCard;
class JoinCard;
class TextLabel;
class Theme;

/// The first page: one's name, and the two ways in: host a room, or join one. Problems are said in
/// their place, and what was typed stays.
class FirstRunPage final : public QFrame
{
    Q_OBJECT
public:
    explicit FirstRunPage(const Theme &theme, QWidget *parent = nullptr);

    void setName(const QString &name);
    QString name() const;
    void setRecentHosts(const QList<RecentHost> &hosts);
    /// Fills the field; never joins by itself.
    void setAddress(const QString &address);

    /// What went wrong with hosting, or with joining; empty: nothing. Ends the waiting.
    void setHostProblem(const QString &sentence);
    void setJoinProblem(const QString &sentence);
    /// While the app opens the room or joins one: the buttons are off and say so.
    void setWaiting(bool isHosting, bool isJoining);

    static constexpr int NarrowWidth = 700; ///< under it the cards stand one below the other

Q_SIGNALS:
    void hostRequested(const QString &name);
    void joinRequested(const QString &name, const QString &address);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeName();
    bool isNamed();
    void host();
    void join(const QString &address);

    const Theme &m_theme;
    QLineEdit *m_name = nullptr;
    TextLabel *m_nameProblem = nullptr;
    HostCard *m_host;
    JoinCard *m_join;
    QBoxLayout *m_cards = nullptr;
    QBoxLayout *m_nameRow = nullptr;
};

} // namespace parlour::widgets
