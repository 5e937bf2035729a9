// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/sharing_choice.h"

#include "wiring/host_config.h"
#include "wiring/option_reader.h"

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using namespace Qt::StringLiterals;

Expected<Sharing> sharingOf(const SharingChoice &choice)
{
    OptionValues values{{u"layer"_s, {choice.layer}}, {u"redis-prefix"_s, {choice.prefix}}};
    const QStringList addresses = choice.addresses.split(u' ', Qt::SkipEmptyParts);
    if (!addresses.isEmpty())
        values.insert(u"redis"_s, addresses);
    if (!choice.key.isEmpty())
        values.insert(u"redis-key"_s, {choice.key});
    OptionReader reader(values);
    const auto sharing = readSharing(reader, {});
    if (reader.error())
        return Error{reader.error()->code, reader.error()->message.section(u": "_s, 1)};
    if (!sharing)
        return usageError(u"\"%1\" is no layer over Redis."_s.arg(choice.layer));
    return *sharing;
}

Expected<void> applySharing(const SharingChoice &choice, const SharingGiven &given,
                            HostConfig &config)
{
    if (!choice.isOn || given.sharing)
        return {};
    const auto sharing = sharingOf(choice);
    if (!sharing)
        return sharing.error();
    config.shared = *sharing;
    if (!given.capacity)
        config.layer.capacity = choice.capacity;
    if (!given.expiry)
        config.layer.expiry = choice.expiry;
    return {};
}

} // namespace parlour::wiring
