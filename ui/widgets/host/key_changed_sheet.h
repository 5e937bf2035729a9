// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "widgets/common/sheet.h"

class QBoxLayout;

namespace parlour::widgets {

/// Asks what to do with a host that shows another key than before. Not to join is the answer of
/// Enter and Esc; the new key is trusted only after a person says that its number was read out to
/// them.
class KeyChangedSheet final : public Sheet
{
    Q_OBJECT
public:
    KeyChangedSheet(const Theme &theme, const QString &hostTitle, const chat::HostKey &before,
                    const QByteArray &shown);

    int heightForWidth(int width) const override;

Q_SIGNALS:
    void trustRequested(const QByteArray &shown);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addNumbers(const chat::HostKey &before, const QByteArray &shown);
    void arrange(int width) const;

    QBoxLayout *m_numbers; ///< beside each other where there is width
};

} // namespace parlour::widgets
