// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

/// Sees what an application's instances are told, and that it is what they are promised.
namespace parlour::tests {

class Witness
{
public:
    /// The same application, watched; /waiting never answers, /unfinished never ends its answer.
    /// The witness outlives it.
    channels::Application watch(const channels::Application &application);

    int begun() const { return m_begun; }
    int living() const { return m_living; }
    /// Events that came after the last one, and WebSockets that went without one.
    int faults() const { return m_faults; }

private:
    class Watched;
    class Unfinished;

    int m_begun = 0;
    int m_living = 0;
    int m_faults = 0;
};

} // namespace parlour::tests
