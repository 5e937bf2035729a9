// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/monitor/table_page.h"

namespace parlour::models {
class GroupTreeModel;
}

namespace parlour::widgets::monitor {

/// The tree of groups and their members.
class GroupsPage : public TablePage
{
    Q_OBJECT
public:
    GroupsPage(const Theme &theme, models::GroupTreeModel &groups);
};

} // namespace parlour::widgets::monitor
