// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/delete_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

DeleteSheet::DeleteSheet(const Theme &theme)
    : Sheet(theme, 460, tr("Delete this message?"))
{
    addText(
        tr("Its text and the reactions to it are deleted for everybody. That cannot be undone."));
    auto *remove = addButton(tr("Delete"), {.kind = u"danger"_s, .scale = u"sheet"_s}, true);
    auto *keep = addButton(tr("Keep"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(keep);
    connect(remove, &QPushButton::clicked, this, &QDialog::accept);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    setFirstFocus(keep);
}

} // namespace parlour::widgets
