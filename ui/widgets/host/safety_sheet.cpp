// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/safety_sheet.h"

#include "chat/safety_number.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/host/safety_card.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

SafetySheet::SafetySheet(const Theme &theme, const QString &hostTitle, const chat::HostKey &key,
                         bool isOwn)
    : Sheet(theme, 560, tr("Safety number of %1").arg(hostTitle))
{
    addText(isOwn ? tr("Read it out to people who join, by phone or in person. If they see the "
                       "same number, nobody reads along between you and them.")
                  : tr("Ask whoever hosts %1, by phone or in person, to read out the number that "
                       "they see there. If it is the same as this one, nobody reads along between "
                       "you.")
                        .arg(hostTitle));
    auto *card = new SafetyCard(theme, tr("Safety number"), false, this);
    card->setNumber(isOwn ? tr("Safety number") : SafetyCard::knownSince(key.since),
                    key.fingerprint);
    body()->addWidget(card);

    auto *copy = addButton(tr("Copy"), {.scale = u"sheet"_s, .icon = u"copy"_s}, true);
    auto *done = addButton(tr("Done"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    copy->setAccessibleName(tr("Copy safety number"));
    setDefaultButton(done);
    setFirstFocus(done);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    connect(copy, &QPushButton::clicked, this, [this, copy, key] {
        Q_EMIT copyRequested(chat::safetyNumber(key.fingerprint));
        copy->setText(tr("Copied"));
        tellDone(*copy, tr("Copied"));
    });
}

} // namespace parlour::widgets
