// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace parlour::widgets {

/// Shows the ring of the design around the button or box that has the focus, if the keyboard
/// brought it there. Fields and rows show their own. One object for the application.
class FocusRing final : public QObject
{
    Q_OBJECT
public:
    explicit FocusRing(QObject *parent = nullptr);
    ~FocusRing() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void moveTo(QWidget *widget);

    /// Lives as a child of whatever window it is shown in, and dies with it.
    QPointer<QFocusFrame> m_frame;
};

} // namespace parlour::widgets
