// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/host_config.h"

namespace parlour::wiring {

class DataFolder;

/// What is spoken at this address: plain on loopback and TLS elsewhere, unless the configuration
/// says otherwise. The same for an address as it is wanted and as it was bound.
server::Transport transportAt(const HostConfig &config, const channels::Endpoint &endpoint);

/// Whether any address of the configuration speaks TLS.
bool needsIdentity(const HostConfig &config);

/// The certificate and key that the configuration names; else the host's own, from tls.crt and
/// tls.key (mode 0600) of its data folder, where they are made at first use; without a folder one
/// that lives as long as the process. Fails (data) with words that name the file: missing, broken,
/// expired, a key of another certificate. Then no other one takes its place: guests would be asked
/// to trust a stranger.
channels::Expected<server::TlsIdentity> hostIdentity(const HostConfig &config,
                                                     const DataFolder *folder);

} // namespace parlour::wiring
