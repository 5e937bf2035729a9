// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/join_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int LongestAddress = 2048;

} // namespace

JoinSheet::JoinSheet(const Theme &theme, const QString &personName, const QString &address)
    : Sheet(theme, 560, tr("Join a room"))
    , m_address(new QLineEdit(address, this))
{
    if (!personName.isEmpty()) {
        addText(tr("You join as %1.").arg(personName));
    }
    m_address->setAccessibleName(tr("Address or invite"));
    m_address->setProperty("scale", u"large"_s);
    m_address->setPlaceholderText(u"192.168.1.5:8765"_s);
    m_address->setMaxLength(LongestAddress);
    m_address->addAction(theme.icon(u"link"_s), QLineEdit::LeadingPosition);
    addCaption(tr("Address or invite"), m_address);

    auto *cancel = addButton(tr("Cancel"), {.scale = u"sheet"_s});
    m_join = addButton(tr("Join"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(m_join);
    m_join->setEnabled(!address.trimmed().isEmpty());
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_join, &QPushButton::clicked, this, &JoinSheet::join);
    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) {
        setProblem({});
        m_join->setEnabled(!text.trimmed().isEmpty());
    });
    setFirstFocus(m_address);
}

void JoinSheet::setProblem(const QString &sentence)
{
    Sheet::setProblem(sentence);
    setLook(*m_address, "error", !sentence.isEmpty());
}

void JoinSheet::join()
{
    const QString address = m_address->text().trimmed();
    if (!address.isEmpty()) {
        setBusy(tr("Joining…"));
        Q_EMIT joinRequested(address);
    }
}

} // namespace parlour::widgets
