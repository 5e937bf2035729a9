// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "widgets/common/sheet.h"

namespace parlour::widgets {

/// The safety number of a host, for two people to compare: of one's own host, to be read out, or of
/// somebody else's.
class SafetySheet final : public Sheet
{
    Q_OBJECT
public:
    SafetySheet(const Theme &theme, const QString &hostTitle, const chat::HostKey &key, bool isOwn);

Q_SIGNALS:
    void copyRequested(const QString &number);
};

} // namespace parlour::widgets
