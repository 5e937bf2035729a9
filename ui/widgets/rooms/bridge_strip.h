// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/banner.h"

#include <QTimer>

namespace parlour::widgets {

/// That what is said in the shown room stays on its host for now: people of other hosts get it
/// later. Appears after some patience and goes by itself.
class BridgeStrip final : public Banner
{
    Q_OBJECT
public:
    explicit BridgeStrip(const Theme &theme, QWidget *parent = nullptr);

    /// Trouble shorter than this is not shown.
    void setPatience(std::chrono::milliseconds patience) { m_appear.setInterval(patience); }
    /// Whether the way to other hosts is lost.
    void setAway(bool isAway);

    static constexpr std::chrono::milliseconds Patience{2000};

private:
    QTimer m_appear;
};

} // namespace parlour::widgets
