// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace parlour::widgets {

/// Does somebody sit before the app? Nobody, once its windows were not used for a while; while
/// another program is in front, they are not used. Lives in the windows' thread.
class IdleWatch final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Patience = std::chrono::minutes(5);

    explicit IdleWatch(std::chrono::milliseconds patience = Patience, QObject *parent = nullptr);

    bool isIdle() const { return m_isIdle; }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed(bool isIdle);

private:
    void beUsed();
    void setIdle(bool isIdle);

    QTimer m_timer; ///< since the last use
    bool m_isIdle = false;
};

} // namespace parlour::widgets
