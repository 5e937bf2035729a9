// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace parlour::tests {

/// Adds one test class to its executable's list; made by PARLOUR_TEST, never by hand.
class Registration
{
public:
    using Factory = std::function<std::unique_ptr<QObject>()>;
    Registration(const char *file, Factory factory);
};

/// Runs the class of file tst_NAME.cpp where the first argument is NAME (further arguments go to
/// Qt Test), or every class where there is none. Returns the number of failures.
int run(int argc, char **argv);

} // namespace parlour::tests

#define PARLOUR_TEST(Class)                                                                        \
    static const parlour::tests::Registration registrationOf##Class(                               \
        __FILE__, [] { return std::make_unique<Class>(); });
