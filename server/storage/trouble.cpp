// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/trouble.h"

namespace parlour::storage {

using namespace Qt::StringLiterals;

QString reasonFor(const QString &cause)
{
    if (cause == "disk_full"_L1)
        return u"the host's disk is full."_s;
    if (cause == "locked"_L1)
        return u"another program keeps the host from writing its history."_s;
    if (cause == "read_only"_L1)
        return u"the host may not write its history."_s;
    if (cause == "corrupt"_L1)
        return u"the host's history is damaged."_s;
    if (cause == "too_slow"_L1)
        return u"the host's disk does not keep up. Try again in a moment."_s;
    if (cause == "restarting"_L1)
        return u"the host begins anew. Say it again in a moment."_s;
    if (cause == "closed"_L1)
        return u"the room was closed."_s;
    return u"the host cannot read or write its history."_s;
}

} // namespace parlour::storage
