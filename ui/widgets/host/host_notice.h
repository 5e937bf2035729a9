// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QString>

namespace parlour::widgets {

struct HostingDamage;
struct HostingState;

/// What whoever hosts has to know of it now, in words.
struct HostNotice {
    Q_DECLARE_TR_FUNCTIONS(parlour::widgets::HostNotice)

public:
    QString whole; ///< what is wrong and, where something can be done, what; empty: nothing
    QString brief;
    bool isBad = false; ///< else it is a warning

    /// What is so, the worst first.
    static HostNotice of(const HostingState &state);

private:
    void add(const QString &furtherWhole, const QString &furtherBrief);
    static HostNotice ofTrouble(const QString &cause);
    static HostNotice ofDamage(const HostingDamage &damage);
};

} // namespace parlour::widgets
