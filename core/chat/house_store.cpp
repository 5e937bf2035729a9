// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/house_store.h"

#include "chat/token_store.h"

namespace parlour::chat {

HouseStore::~HouseStore() = default;

QString newHostId()
{
    return QString::fromLatin1(randomBytes(8).toHex());
}

} // namespace parlour::chat
