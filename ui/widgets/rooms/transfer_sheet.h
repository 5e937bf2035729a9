// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

class QProgressBar;

namespace parlour::widgets {

/// How far a room is on its way into a file, or out of one. Closing it cancels, which rejected()
/// says; after setProblem() there is nothing to cancel any more.
class TransferSheet final : public Sheet
{
    Q_OBJECT
public:
    TransferSheet(const Theme &theme, const QString &title);

    /// `state`: a sentence; empty: how much is done.
    void setProgress(const QString &state, qint64 done, qint64 total);
    void setProblem(const QString &sentence) override;

private:
    TextLabel *m_state;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace parlour::widgets
