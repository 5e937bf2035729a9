// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QtGlobal>

namespace parlour::chat {

/// Of which numbers of an epoch somebody knows what they were given to. Messages have some of them,
/// changes the others, so only this tells whether anything is missing between two messages. A
/// value.
class NumberRanges
{
public:
    struct Range {
        qint64 first = 0; ///< 1 or more
        qint64 last = 0; ///< not before `first`

        friend bool operator==(const Range &, const Range &) = default;
    };

    /// What is no range adds nothing: numbers come from others.
    void add(const Range &range);
    /// Whether each number from `first` to `last` is there.
    bool hold(qint64 first, qint64 last) const;
    /// The last one up to which all from `number` on are there; 0: that one is not.
    qint64 lastFrom(qint64 number) const;
    /// Forgets those below `number`, or those above it.
    void dropBefore(qint64 number);
    void dropAfter(qint64 number);

    /// In their order, none next to another.
    const QList<Range> &ranges() const { return m_ranges; }

private:
    QList<Range> m_ranges;
};

} // namespace parlour::chat
