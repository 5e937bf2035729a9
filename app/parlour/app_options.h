// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/client_store.h"
#include "client/identity.h"
#include "client/known_hosts.h"
#include "wiring/host_config.h"
#include "wiring/sharing_choice.h"

#include <memory>
#include <optional>

namespace parlour {

/// What the desktop app was started with.
struct AppOptions {
    wiring::HostConfig host; ///< how it hosts, when it does
    bool hasListen = false; ///< --listen rules over what the person chose
    wiring::SharingGiven sharing; ///< and so do --redis and the like
    std::optional<client::Identity> identity; ///< the person's key, out of the data folder
    std::shared_ptr<client::KnownHosts> knownHosts; ///< out of the data folder, too
    /// Out of the data folder; outlives the app's objects. Null: nothing is kept.
    std::shared_ptr<client::ClientStore> store;
    QString storeProblem; ///< why it is null, for people
    std::optional<QString> hostNow; ///< --host: the title, which may be empty
    QString join; ///< --join: an address
    std::optional<QString> monitor; ///< --monitor: an address; empty: the own host
    QString name; ///< --name
    bool help = false;
    bool version = false;
};

QList<wiring::Option> appOptionList();

/// Fails (usage) as parseArguments() and makeHostConfig().
channels::Expected<AppOptions> readAppOptions(const QStringList &arguments);

} // namespace parlour
