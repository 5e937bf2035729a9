// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace parlour::channels {

/// What went wrong: `code` is for programs (snake_case, stable), `message` for people: it names
/// what was wrong, where, and what to do. `cause` is for programs, too: which of the things that a
/// code stands for it was; empty where there is but one.
struct Error {
    QString code;
    QString message;
    QString cause = {};
};

/// A value, or the reason why there is none. The failure path of everything here that can fail
/// (std::expected is C++23).
template <typename T, typename E = Error>
class [[nodiscard]] Expected
{
public:
    Expected(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Expected(E error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    bool hasValue() const { return m_state.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    T valueOr(T other) const { return hasValue() ? value() : std::move(other); }

    const E &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, E> m_state;
};

template <typename E>
class [[nodiscard]] Expected<void, E>
{
public:
    Expected() = default;
    Expected(E error)
        : m_error(std::in_place_index<1>, std::move(error))
    {
    }

    bool hasValue() const { return m_error.index() == 0; }
    explicit operator bool() const { return hasValue(); }
    const E &error() const { return std::get<1>(m_error); }

private:
    std::variant<std::monostate, E> m_error;
};

} // namespace parlour::channels
