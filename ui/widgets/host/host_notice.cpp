// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/host_notice.h"

#include "widgets/host/hosting.h"

#include <QLocale>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

HostNotice HostNotice::of(const HostingState &state)
{
    HostNotice notice;
    if (!state.trouble.isEmpty())
        notice = ofTrouble(state.trouble);
    else if (!state.damage.file.isEmpty())
        notice = ofDamage(state.damage);
    if (state.isReadable)
        notice.add(tr("Not encrypted: anyone on this network can read along"), tr("Not encrypted"));
    return notice;
}

void HostNotice::add(const QString &furtherWhole, const QString &furtherBrief)
{
    const QString between = whole.isEmpty() ? QString() : u". "_s;
    whole += between + furtherWhole;
    brief += between + furtherBrief;
}

HostNotice HostNotice::ofTrouble(const QString &cause)
{
    if (cause == "disk_full"_L1)
        return {tr("Nothing can be said: the disk is full. Make room on it"),
                tr("The disk is full"), true};
    if (cause == "locked"_L1)
        return {tr("Nothing can be said: another program holds the history"),
                tr("The history is locked"), true};
    if (cause == "corrupt"_L1)
        return {tr("Nothing can be said: the history is damaged. Stop hosting, and host again"),
                tr("The history is damaged"), true};
    return {tr("Nothing can be said: the history cannot be written"),
            tr("The history cannot be written"), true};
}

HostNotice HostNotice::ofDamage(const HostingDamage &damage)
{
    const QString brief = tr("The history was damaged");
    const QString until = QLocale().toString(damage.keptUntil, QLocale::ShortFormat);
    if (damage.saved == 0)
        return {tr("The history was damaged and could not be read. It is in %1 until %2")
                    .arg(damage.file, until),
                brief, true};
    const int saved = int(std::min(damage.saved, qint64(std::numeric_limits<int>::max())));
    return {tr("The history was damaged: %Ln messages were saved, the rest is in %1 until %2",
               nullptr, saved)
                .arg(damage.file, until),
            brief, true};
}

} // namespace parlour::widgets
