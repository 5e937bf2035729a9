// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/leave_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

QString fateOf(const Unsaid &unsaid)
{
    if (unsaid.isKept)
        return LeaveSheet::tr("%n messages were not sent yet. They stay on this computer and are "
                              "sent when you join again.",
                              nullptr, unsaid.messages);
    if (unsaid.messages == 0)
        return LeaveSheet::tr("What you typed was not sent. If you leave, it is deleted.");
    if (unsaid.hasDraft)
        return LeaveSheet::tr("%n messages were not sent, nor was what you typed. If you leave, "
                              "all of it is deleted.",
                              nullptr, unsaid.messages);
    return LeaveSheet::tr("%n messages were not sent. If you leave, they are deleted.", nullptr,
                          unsaid.messages);
}

} // namespace

LeaveSheet::LeaveSheet(const Theme &theme, const QString &title, const Unsaid &unsaid)
    : Sheet(theme, 460, tr("Leave %1?").arg(title))
{
    addText(fateOf(unsaid));
    auto *leave = unsaid.isKept
        ? addButton(tr("Leave"), {.scale = u"sheet"_s}, true)
        : addButton(tr("Leave and delete"), {.kind = u"danger"_s, .scale = u"sheet"_s}, true);
    auto *stay = addButton(tr("Stay"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(stay);
    connect(leave, &QPushButton::clicked, this, &QDialog::accept);
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    setFirstFocus(stay);
}

} // namespace parlour::widgets
