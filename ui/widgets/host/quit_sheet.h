// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"
#include "widgets/host/hosting.h"

namespace parlour::widgets {

/// Asks before a host goes with the window. "Keep running" is the default and closes the sheet;
/// "Stop and quit" accepts it.
class QuitSheet final : public Sheet
{
    Q_OBJECT
public:
    QuitSheet(const Theme &theme, const HostingState &state);

private:
    void addGuests(const QList<chat::Person> &people);
};

} // namespace parlour::widgets
