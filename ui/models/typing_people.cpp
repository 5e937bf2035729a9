// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/typing_people.h"

#include <algorithm>

namespace parlour::models {

TypingPeople::TypingPeople(QObject *parent, std::chrono::milliseconds lifetime)
    : QObject(parent)
    , m_lifetime(lifetime)
{
    m_clock.start();
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &TypingPeople::dropOld);
}

void TypingPeople::apply(const chat::PersonTypingFrame &frame)
{
    if (!frame.typing)
        return forget(frame.person.id);
    const auto known = std::find_if(m_writers.begin(), m_writers.end(), [&](const Writer &writer) {
        return writer.person.id == frame.person.id;
    });
    const qint64 until = m_clock.elapsed() + m_lifetime.count();
    if (known != m_writers.end()) {
        known->until = until;
    } else if (m_writers.size() < MaxPeople) {
        m_writers.append({frame.person, until});
        Q_EMIT changed();
    }
    wait();
}

void TypingPeople::forget(const QString &personId)
{
    const auto isThis = [&](const Writer &writer) { return writer.person.id == personId; };
    if (m_writers.removeIf(isThis) > 0)
        Q_EMIT changed();
}

void TypingPeople::clear()
{
    if (m_writers.isEmpty())
        return;
    m_writers.clear();
    Q_EMIT changed();
}

QStringList TypingPeople::names() const
{
    QStringList names;
    for (const Writer &writer : m_writers)
        names.append(writer.person.name);
    return names;
}

void TypingPeople::dropOld()
{
    const qint64 now = m_clock.elapsed();
    if (m_writers.removeIf([&](const Writer &writer) { return writer.until <= now; }) > 0)
        Q_EMIT changed();
    wait();
}

void TypingPeople::wait()
{
    const auto next = std::min_element(
        m_writers.begin(), m_writers.end(),
        [](const Writer &one, const Writer &other) { return one.until < other.until; });
    if (next != m_writers.end())
        m_end.start(
            std::chrono::milliseconds(std::max<qint64>(next->until - m_clock.elapsed(), 1)));
}

} // namespace parlour::models
