// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/firstrun/card.h"

class QPushButton;

namespace parlour::widgets {

/// Host a room: what it means, and the button.
class HostCard final : public Card
{
    Q_OBJECT
public:
    explicit HostCard(const Theme &theme, QWidget *parent = nullptr);

    void setWaiting(bool isHosting, bool isEnabled);
    void focusButton();

Q_SIGNALS:
    void hostClicked();

private:
    void addPromise(const QString &promise);

    QPushButton *m_host;
};

} // namespace parlour::widgets
