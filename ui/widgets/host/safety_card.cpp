// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/safety_card.h"

#include "chat/safety_number.h"
#include "widgets/common/text_label.h"

#include <QDateTime>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr qsizetype GroupsInLine = 3;

} // namespace

SafetyCard::SafetyCard(const Theme &theme, const QString &name, bool isBad, QWidget *parent)
    : QFrame(parent)
    , m_caption(new TextLabel(theme, Theme::Type::CaptionStrong, TextLabel::Fit::Wrap, this))
    , m_number(new TextLabel(theme, Theme::Type::FixedLarge, TextLabel::Fit::Whole, this))
{
    setProperty("card", isBad ? u"bad"_s : u"true"_s);
    m_caption->setTone(u"text2"_s);
    m_number->setName(name);
    m_number->setTone(isBad ? u"bad"_s : QString());
    m_number->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_number->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_caption);
    column->addWidget(m_number);
    column->addStretch(1);
}

QString SafetyCard::knownSince(qint64 time)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(time).date();
    return time == 0
        ? tr("Known")
        : tr("Known since %1").arg(QLocale().toString(day, tr("d MMMM yyyy", "date with a year")));
}

void SafetyCard::setNumber(const QString &caption, const QByteArray &fingerprint)
{
    const QStringList groups = chat::safetyNumberGroups(fingerprint);
    m_caption->setText(caption);
    m_number->setText(groups.mid(0, GroupsInLine).join(u' ') + u'\n'
                      + groups.mid(GroupsInLine).join(u' '));
}

} // namespace parlour::widgets
