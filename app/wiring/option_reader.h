// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/command_line.h"

#include <chrono>
#include <optional>

namespace parlour::wiring {

/// Reads options one after the other and keeps the first thing that is wrong.
class OptionReader
{
public:
    explicit OptionReader(const OptionValues &values)
        : m_values(values)
    {
    }

    bool has(const QString &name) const { return m_values.contains(name); }
    QString text(const QString &name) const { return m_values.value(name).value(0); }
    QStringList all(const QString &name) const { return m_values.value(name); }

    template <typename Integer>
    void number(const QString &name, Integer least, Integer most, Integer &target)
    {
        if (!has(name))
            return;
        if (const auto value = wholeNumber(name, least, most))
            target = static_cast<Integer>(*value);
    }

    /// A whole number of seconds, up to a year.
    void seconds(const QString &name, std::chrono::milliseconds &target, qint64 least = 1);

    void fail(const QString &message);
    /// The value, or null after noting the error.
    template <typename T>
    std::optional<T> take(const channels::Expected<T> &expected)
    {
        if (expected)
            return *expected;
        fail(expected.error().message);
        return std::nullopt;
    }
    const std::optional<channels::Error> &error() const { return m_error; }

private:
    /// Nothing, after noting the error, for what is none within the bounds.
    std::optional<qint64> wholeNumber(const QString &name, qint64 least, qint64 most);

    const OptionValues &m_values;
    std::optional<channels::Error> m_error;
};

} // namespace parlour::wiring
