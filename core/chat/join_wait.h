// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <utility>

namespace parlour::chat {

/// Calls once, at its end() or when the time is over, whichever comes first; removes itself then,
/// or with `parent`, uncalled.
class JoinWait final : public QObject
{
public:
    JoinWait(std::function<void()> call, std::chrono::milliseconds timeout, QObject *parent)
        : QObject(parent)
        , m_call(std::move(call))
    {
        QTimer::singleShot(timeout, this, &JoinWait::end);
    }

    void end()
    {
        if (const auto call = std::exchange(m_call, nullptr))
            call();
        deleteLater();
    }

private:
    std::function<void()> m_call;
};

} // namespace parlour::chat
