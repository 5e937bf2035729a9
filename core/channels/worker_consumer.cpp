// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/worker_consumer.h"

#include "channels/logging.h"

namespace parlour::channels {

void WorkerConsumer::handle(const ClientEvent &)
{
    qCWarning(lcConsumer).noquote()
        << "a worker's consumer got the event of a client; routed under the wrong scope type?";
}

void WorkerConsumer::failed(const QString &) { }

} // namespace parlour::channels
