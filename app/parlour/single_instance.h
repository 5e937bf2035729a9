// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>

namespace parlour {

/// One instance per data folder: a second start asks the first one to show its window, over the
/// session's D-Bus (org.freedesktop.Application). Lives in the window's thread.
class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    explicit SingleInstance(const QString &dataFolder, QObject *parent = nullptr);

    /// Asks the other instance with this data folder. False: nobody answered.
    /// `join`: an address that it shall join; empty: none.
    bool activateOther(const QString &join) const;
    /// Answers from now on. Without a session bus nothing can ask, which is fine.
    void publish();

public Q_SLOTS:
    // NOLINTBEGIN(readability-identifier-naming): D-Bus names
    void Activate(const QVariantMap &platformData);
    void Open(const QStringList &uris, const QVariantMap &platformData);
    // NOLINTEND(readability-identifier-naming)

Q_SIGNALS:
    void activated();
    void joinRequested(const QString &address);

private:
    QString m_service; ///< of this data folder
};

} // namespace parlour
