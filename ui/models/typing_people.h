// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace parlour::models {

/// Who writes in a room: those who were said to, until they are said not to, say something, leave,
/// or are not mentioned for six seconds. Lives in the window's thread.
class TypingPeople final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Lifetime{6000}; ///< docs/protocol.md
    static constexpr int MaxPeople = 100;

    explicit TypingPeople(QObject *parent = nullptr, std::chrono::milliseconds lifetime = Lifetime);

    void apply(const chat::PersonTypingFrame &frame);
    void forget(const QString &personId);
    void clear();

    /// In the order in which they began.
    QStringList names() const;

Q_SIGNALS:
    void changed();

private:
    struct Writer {
        chat::Sender person;
        qint64 until = 0; ///< ms of m_clock
    };

    void dropOld();
    void wait();

    const std::chrono::milliseconds m_lifetime;
    QList<Writer> m_writers;
    QElapsedTimer m_clock;
    QTimer m_end;
};

} // namespace parlour::models
