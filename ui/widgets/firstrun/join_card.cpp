// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/firstrun/join_card.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int LongestAddress = 2048;

} // namespace

JoinCard::JoinCard(const Theme &theme, QWidget *parent)
    : Card(theme, u"door"_s, tr("Join a room"), parent)
    , m_caption(new TextLabel(theme, Theme::Type::CaptionStrong, TextLabel::Fit::Whole, this))
    , m_recent(new RecentHosts(theme, this))
    , m_address(new QLineEdit(this))
    , m_join(makeButton(theme, tr("Join"), {.scale = u"large"_s}, this))
{
    m_caption->setText(tr("Where you were before"));
    m_caption->setTone(u"text2"_s);
    m_recent->setContentsMargins(0, 0, 0, 4); // only while it is there
    m_address->setAccessibleName(tr("Address or invite"));
    m_address->setPlaceholderText(u"192.168.1.5:8765"_s);
    m_address->setProperty("scale", u"large"_s);
    m_address->setMaxLength(LongestAddress);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_address, 1);
    row->addWidget(m_join);
    column()->addWidget(m_caption);
    column()->addWidget(m_recent);
    addText(tr("Paste the address that the host gave you. It looks like 192.168.1.5:8765, or like "
               "a link."));
    column()->addStretch(1);
    addProblemLine();
    column()->addLayout(row);
    setRecentHosts({});
    enableJoin();

    connect(m_address, &QLineEdit::textChanged, this, [this] { setJoinProblem({}); });
    connect(m_address, &QLineEdit::returnPressed, m_join, &QPushButton::click);
    connect(m_join, &QPushButton::clicked, this, &JoinCard::join);
    connect(m_recent, &RecentHosts::joinRequested, this, &JoinCard::joinRequested);
}

void JoinCard::setRecentHosts(const QList<RecentHost> &hosts)
{
    m_recent->setHosts(hosts);
    m_recent->setVisible(!hosts.isEmpty());
    m_caption->setVisible(!hosts.isEmpty());
}

void JoinCard::setAddress(const QString &address)
{
    m_address->setText(address);
}

void JoinCard::setJoinProblem(const QString &sentence)
{
    setProblem(sentence);
    setLook(*m_address, "error", !sentence.isEmpty());
    enableJoin();
}

void JoinCard::setWaiting(bool isJoining, bool isEnabled)
{
    m_isEnabled = isEnabled;
    m_join->setText(isJoining ? tr("Joining…") : tr("Join"));
    m_recent->setEnabled(isEnabled);
    enableJoin();
}

void JoinCard::join()
{
    Q_EMIT joinRequested(m_address->text().trimmed());
}

void JoinCard::enableJoin()
{
    m_join->setEnabled(m_isEnabled && !m_address->text().trimmed().isEmpty());
}

} // namespace parlour::widgets
