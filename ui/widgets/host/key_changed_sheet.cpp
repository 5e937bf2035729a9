// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/key_changed_sheet.h"

#include "chat/safety_number.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/host/safety_card.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int WideWidth = 520; ///< under it one number stands below the other

} // namespace

KeyChangedSheet::KeyChangedSheet(const Theme &theme, const QString &hostTitle,
                                 const chat::HostKey &before, const QByteArray &shown)
    : Sheet(theme, 600, tr("This is not the computer you know"))
    , m_numbers(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setHeadIcon(u"shieldx"_s);
    addText(tr("%1 answers with another key than before. Somebody may be reading along, or the "
               "host has moved to a new computer.")
                .arg(hostTitle));
    addNumbers(before, shown);
    addText(tr("Nothing was sent. Ask whoever hosts %1, by phone or in person, to read out the "
               "number that their computer shows under “Safety number”.")
                .arg(hostTitle));
    auto *told = new QCheckBox(
        tr("This number was read out to me:") + u'\n' + chat::safetyNumber(shown), this);
    told->setAccessibleName(tr("The new number was read out to me"));
    body()->addSpacing(8);
    body()->addWidget(told);

    auto *trust = addButton(tr("Trust the new key"), {.scale = u"sheet"_s}, true);
    auto *leave = addButton(tr("Do not join"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    trust->setEnabled(false);
    setDefaultButton(leave);
    setFirstFocus(leave);
    connect(told, &QCheckBox::toggled, trust, &QWidget::setEnabled);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(trust, &QPushButton::clicked, this, [this, shown] {
        Q_EMIT trustRequested(shown);
        accept();
    });
}

int KeyChangedSheet::heightForWidth(int width) const
{
    arrange(width);
    return Sheet::heightForWidth(width);
}

void KeyChangedSheet::resizeEvent(QResizeEvent *event)
{
    arrange(width());
    Sheet::resizeEvent(event);
}

void KeyChangedSheet::arrange(int width) const
{
    const bool isWide = width >= theme().px(WideWidth);
    m_numbers->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void KeyChangedSheet::addNumbers(const chat::HostKey &before, const QByteArray &shown)
{
    auto *known = new SafetyCard(theme(), tr("Known number"), false, this);
    known->setNumber(SafetyCard::knownSince(before.since), before.fingerprint);
    auto *now = new SafetyCard(theme(), tr("Number shown now"), true, this);
    now->setNumber(tr("Shown now"), shown);
    m_numbers->setSpacing(12);
    m_numbers->addWidget(known, 1);
    m_numbers->addWidget(now, 1);
    body()->addSpacing(4);
    body()->addLayout(m_numbers);
    body()->addSpacing(4);
}

} // namespace parlour::widgets
