// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <chrono>

class QLineEdit;

namespace parlour::widgets {

/// The way on in a browser, as the same person: an address that works once, for a few minutes. The
/// sheet counts them down, and then offers to ask for a new one.
class LinkSheet final : public Sheet
{
    Q_OBJECT
public:
    /// Waits for the address at first.
    LinkSheet(const Theme &theme, const QString &hostTitle);

    /// `isOfThisComputer`: no other one can use it.
    void showLink(const QString &address, std::chrono::milliseconds lifetime,
                  bool isOfThisComputer);
    /// There is no address; a sentence for people.
    void fail(const QString &problem);

Q_SIGNALS:
    /// A new one is wanted.
    void linkRequested();
    void copyRequested(const QString &address);
    /// It is to be opened in a browser of this computer.
    void pageRequested(const QString &address);

private:
    void ask();
    void copy();
    void describe(bool isOfThisComputer);
    void offer(bool isUsable);
    void count();

    const QString m_hostTitle;
    QLineEdit *m_address;
    TextLabel *m_purpose;
    TextLabel *m_state;
    QPushButton *m_copy;
    QPushButton *m_open;
    QPushButton *m_again;
    QDeadlineTimer m_end;
    QTimer m_tick;
    bool m_awaitsFocus = false; ///< the keys were at the button that asked for the address
};

} // namespace parlour::widgets
