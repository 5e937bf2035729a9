// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace parlour::widgets {

/// Addresses with dots for their passwords, for a screen that others see, and what stands behind
/// the dots. A value; whoever keeps it keeps secrets.
class HiddenPasswords
{
public:
    /// Addresses apart by spaces, like redis://user:password@host.
    explicit HiddenPasswords(const QString &addresses);

    /// redis://user:••••@host
    QString shown() const;
    /// What a person has made of shown(), apart by single spaces, with the passwords where their
    /// dots still are. Of an address that was changed beside them it is the first password that no
    /// other address has.
    QString putBack(const QString &edited) const;

private:
    QStringList m_addresses;
};

} // namespace parlour::widgets
