// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/link_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::widgets {

LinkSheet::LinkSheet(const Theme &theme, const QString &hostTitle)
    : Sheet(theme, 560, tr("Continue in a browser"))
    , m_hostTitle(hostTitle)
    , m_address(new QLineEdit(this))
{
    m_purpose = addText({});
    describe(false);
    addCaption(tr("Your address"), m_address);
    m_address->setAccessibleName(tr("Your address"));
    m_address->setReadOnly(true);
    body()->addWidget(m_address);
    m_state = addText({});
    m_state->setName(tr("State"));
    addText(tr("Whoever has the address is you at %1. Give it to nobody.").arg(hostTitle));

    m_copy = addButton(tr("Copy"), {.scale = u"sheet"_s, .icon = u"copy"_s}, true);
    m_copy->setAccessibleName(tr("Copy your address"));
    m_open = addButton(tr("Open here"), {.scale = u"sheet"_s, .icon = u"globe"_s});
    m_again = addButton(tr("New address"), {.scale = u"sheet"_s, .icon = u"refresh"_s});
    auto *done = addButton(tr("Done"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(done);
    setFirstFocus(done);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &LinkSheet::count);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_copy, &QPushButton::clicked, this, &LinkSheet::copy);
    connect(m_open, &QPushButton::clicked, this,
            [this] { Q_EMIT pageRequested(m_address->text()); });
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_awaitsFocus = m_again->hasFocus();
        ask();
        Q_EMIT linkRequested();
    });
    ask();
}

/// What it is for, and where.
void LinkSheet::describe(bool isOfThisComputer)
{
    m_purpose->setText(
        (isOfThisComputer
             ? tr("Open this address in a browser on this computer: from another one it leads "
                  "nowhere. You are the same person at %1 there, and what you have read is read on "
                  "both.")
             : tr("Open this address in a browser of yours, on this computer or another one. You "
                  "are the same person at %1 there, and what you have read is read on both."))
            .arg(m_hostTitle));
}

void LinkSheet::copy()
{
    Q_EMIT copyRequested(m_address->text());
    m_copy->setText(tr("Copied"));
    tellDone(*m_copy, tr("Copied"));
}

void LinkSheet::ask()
{
    setProblem({});
    offer(false);
    if (m_awaitsFocus) // a button that is off loses it to any other
        m_address->setFocus();
    m_again->setEnabled(false);
    m_state->setText(tr("Asking the host…"));
}

void LinkSheet::showLink(const QString &address, std::chrono::milliseconds lifetime,
                         bool isOfThisComputer)
{
    m_address->setText(address);
    m_address->setCursorPosition(0);
    describe(isOfThisComputer);
    m_end.setRemainingTime(lifetime);
    setProblem({});
    offer(true);
    m_tick.start();
    count();
}

void LinkSheet::fail(const QString &problem)
{
    offer(false);
    m_state->setText(tr("There is no address."));
    setProblem(problem);
}

/// There is an address to be used, or one to be asked for.
void LinkSheet::offer(bool isUsable)
{
    const bool hadFocus = m_again->hasFocus() || m_open->hasFocus()
        || (m_copy->hasFocus() && !isUsable)
        || (std::exchange(m_awaitsFocus, false) && m_address->hasFocus());
    m_tick.stop();
    if (!isUsable)
        m_address->clear();
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleDescription({});
    m_copy->setEnabled(isUsable);
    m_open->setVisible(isUsable);
    m_again->setVisible(!isUsable);
    m_again->setEnabled(true);
    if (hadFocus)
        (isUsable ? m_open : m_again)->setFocus();
}

void LinkSheet::count()
{
    if (m_end.hasExpired()) {
        offer(false);
        m_state->setText(tr("This address is too old. Ask for a new one."));
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_end.remainingTimeAsDuration());
    m_state->setText(tr("It works once, for another %1:%2 minutes.")
                         .arg(left / 60s)
                         .arg(qint64(left.count() % 60), 2, 10, QLatin1Char('0')));
}

} // namespace parlour::widgets
