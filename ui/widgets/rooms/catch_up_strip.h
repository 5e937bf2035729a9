// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/banner.h"

namespace parlour::widgets {

/// How much of what was missed in the shown room is here, with a line of progress along the lower
/// edge; hidden when all of it is.
class CatchUpStrip final : public Banner
{
    Q_OBJECT
public:
    explicit CatchUpStrip(const Theme &theme, QWidget *parent = nullptr);

    void setProgress(qint64 done, qint64 total);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    double m_share = 0; ///< 0 to 1
};

} // namespace parlour::widgets
