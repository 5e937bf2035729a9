// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/application.h"

#include "channels/logging.h"
#include "channels/refusal.h"

#include <exception>

namespace parlour::channels {

Outlet::~Outlet() = default;
Instance::~Instance() = default;

std::unique_ptr<Instance> startInstance(const Application &application, const Scope &scope,
                                        const Send &send)
{
    try {
        return application(scope, send);
    } catch (const std::exception &error) {
        qCWarning(lcConsumer).noquote()
            << "an application for" << scope.path << "could not be started:" << error.what();
    } catch (...) {
        qCWarning(lcConsumer).noquote()
            << "an application for" << scope.path << "could not be started";
    }
    return refusal(500, "Internal server error\n")(scope, send);
}

} // namespace parlour::channels
