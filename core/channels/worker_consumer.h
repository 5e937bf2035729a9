// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/consumer.h"

namespace parlour::channels {

/// A consumer that works for a Worker's channel: it has handlers for messages and no client. One
/// that throws loses that message alone (it is logged; there is no second try, as in Channels).
/// Counterpart: a consumer that runworker runs.
class WorkerConsumer : public Consumer
{
protected:
    using Consumer::Consumer;

    void handle(const ClientEvent &event) final;
    void failed(const QString &what) override;
};

} // namespace parlour::channels
