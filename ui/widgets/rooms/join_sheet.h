// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

class QLineEdit;

namespace parlour::widgets {

/// Asks for an address or an invite. Stays open, with what was typed, until the app says that the
/// room was reached (accept) or what went wrong (setProblem).
class JoinSheet final : public Sheet
{
    Q_OBJECT
public:
    JoinSheet(const Theme &theme, const QString &personName, const QString &address = {});

    void setProblem(const QString &sentence) override;

Q_SIGNALS:
    void joinRequested(const QString &address);

private:
    void join();

    QLineEdit *m_address;
    QPushButton *m_join;
};

} // namespace parlour::widgets
