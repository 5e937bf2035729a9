// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/host/hosting.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace parlour::widgets {

struct HostNotice;
class TextLabel;
class Theme;

/// Across the whole window while this app hosts: what, where, for whom, and the way to stop. Cannot
/// be closed. In a narrower window details give way.
class HostBar final : public QFrame
{
    Q_OBJECT
public:
    explicit HostBar(const Theme &theme, QWidget *parent = nullptr);

    void setHosting(const HostingState &state);
    const HostingState &hosting() const { return m_state; }

    static constexpr int WholeWidth = 1180; ///< from here on everything is said
    static constexpr int MonitorWidth = 900; ///< under it "Monitor" is an icon
    static constexpr int AddressWidth = 820; ///< under it the address goes
    static constexpr int NoticeWidth = 600; ///< under it the warning is an icon with a tooltip
    static constexpr int StopWidth = 420; ///< under it "Stop" is an icon

Q_SIGNALS:
    void copyRequested(const QString &address);
    void safetyNumberRequested();
    void bridgeRequested();
    void monitorRequested();
    void stopRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build(const Theme &theme);
    QToolButton *makeAddressMenu(const Theme &theme);
    void chooseAddress(int which);
    void tell();
    void tell(const HostNotice &notice);
    void dressAlert();
    void showCopied(bool isCopied);

    const Theme &m_theme;
    HostingState m_state;
    int m_which = 0; ///< of the addresses
    TextLabel *m_title;
    TextLabel *m_address;
    TextLabel *m_guests;
    QWidget *m_notice;
    QLabel *m_alert;
    TextLabel *m_noticeText;
    QToolButton *m_copy;
    QToolButton *m_more;
    QToolButton *m_safety;
    QToolButton *m_bridge;
    QPushButton *m_monitor;
    QPushButton *m_stop;
    QTimer m_copied;
};

} // namespace parlour::widgets
