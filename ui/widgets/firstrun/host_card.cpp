// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/firstrun/host_card.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

HostCard::HostCard(const Theme &theme, QWidget *parent)
    : Card(theme, u"lamp"_s, tr("Host a room"), parent)
    , m_host(makeButton(theme, tr("Host a room"),
                        {.kind = u"primary"_s, .scale = u"large"_s, .icon = u"lamp"_s}, this))
{
    addText(tr("The room lives on this computer and is open while Parlour runs. People join with "
               "the app or with any browser."));
    column()->addSpacing(8);
    addPromise(tr("Works without the internet"));
    addPromise(tr("Guests need no account and install nothing"));
    addPromise(tr("You get an address to share"));
    column()->addStretch(1);
    column()->addSpacing(16);
    addProblemLine();
    column()->addWidget(m_host);
    connect(m_host, &QPushButton::clicked, this, &HostCard::hostClicked);
}

void HostCard::addPromise(const QString &promise)
{
    auto *tick = new QLabel(this);
    const auto dress = [tick, this] {
        tick->setPixmap(theme().pixmap(u"check"_s, theme().tokens().acc, theme().px(16),
                                       tick->devicePixelRatioF()));
    };
    dress();
    connect(&theme(), &Theme::changed, tick, dress);
    auto *line = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Wrap, this);
    line->setText(promise);
    line->setTone(u"text2"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(tick);
    row->addWidget(line, 1);
    column()->addLayout(row);
}

void HostCard::setWaiting(bool isHosting, bool isEnabled)
{
    m_host->setText(isHosting ? tr("Opening…") : tr("Host a room"));
    m_host->setEnabled(isEnabled);
}

// As by Tab, so that the ring shows where Enter will act.
void HostCard::focusButton()
{
    m_host->setFocus(Qt::TabFocusReason);
}

} // namespace parlour::widgets
