// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/channel_details.h"

#include "models/monitor/channel_table_model.h"
#include "models/monitor/format.h"

#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::ChannelTableModel;

ChannelDetails::ChannelDetails(const Theme &theme, QWidget *parent)
    : Surface(theme, &Tokens::pane, Qt::LeftEdge, parent)
    , m_theme(theme)
    , m_person(makeLabel(theme, Theme::Type::Title))
    , m_name(makeLabel(theme, Theme::Type::Fixed, "text2"))
    , m_state(makeLabel(theme, Theme::Type::Caption, "warn"))
    , m_connectionTitle(makeLabel(theme, Theme::Type::CaptionStrong, "text2"))
    , m_groups(makeLabel(theme, Theme::Type::Fixed))
{
    setMinimumWidth(theme.px(296));
    setMaximumWidth(theme.px(Width));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(scroll);

    auto *content = new QWidget;
    content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(16, 12, 16, 16);
    rows->setSpacing(2);
    rows->addWidget(makeHead());
    rows->addWidget(m_state);
    rows->addSpacing(8);
    m_queue = addFact(*rows, tr("Queue"));
    m_delivered = addFact(*rows, tr("Delivered"));
    m_dropped = addFact(*rows, tr("Dropped"));
    m_consumer = addFact(*rows, tr("Consumer"), true);
    m_since = addFact(*rows, tr("Since"));
    rows->addSpacing(12);
    rows->addWidget(m_connectionTitle);
    for (const QString &label : {tr("Address"), tr("Path"), tr("Transport"), tr("Program"),
                                 tr("Subprotocol"), tr("Round trip"), tr("Sent, received")})
        m_connectionFacts << addFact(*rows, label, label == tr("Address") || label == tr("Path"));
    rows->addSpacing(12);
    auto *groupsTitle = makeLabel(theme, Theme::Type::CaptionStrong, "text2");
    groupsTitle->setText(tr("Groups"));
    rows->addWidget(groupsTitle);
    m_groups->setWordWrap(true);
    m_groups->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    rows->addWidget(m_groups);
    rows->addStretch();
    scroll->setWidget(content);
}

QWidget *ChannelDetails::makeHead()
{
    auto *head = new QWidget;
    auto *columns = new QHBoxLayout(head);
    columns->setContentsMargins(0, 0, 0, 0);
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    for (QLabel *label : {m_person, m_name}) {
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        names->addWidget(label);
    }
    columns->addLayout(names, 1);
    auto *close = new QToolButton;
    close->setAccessibleName(tr("Close details"));
    close->setToolTip(tr("Close details"));
    close->setIcon(m_theme.icon(u"x"_s));
    connect(&m_theme, &Theme::changed, close,
            [this, close] { close->setIcon(m_theme.icon(u"x"_s)); });
    connect(close, &QToolButton::clicked, this, &ChannelDetails::closeWanted);
    columns->addWidget(close, 0, Qt::AlignTop);
    return head;
}

Fact *ChannelDetails::addFact(QLayout &layout, const QString &label, bool isCode)
{
    auto *fact = new Fact(m_theme, label, isCode);
    layout.addWidget(fact);
    return fact;
}

void ChannelDetails::show(const channels::ChannelInfo &channel,
                          const models::ConnectionRow *connection, qint64 now)
{
    const QString kind = ChannelTableModel::kindText(channel.kind);
    m_person->setText(channel.person.isEmpty() ? kind : models::oneLine(channel.person));
    m_name->setText(models::oneLine(channel.name));
    m_name->setToolTip(models::oneLine(channel.name).toHtmlEscaped());
    m_state->hide();
    m_queue->setValue(
        tr("%1 of %2", "queued, capacity")
            .arg(models::formatNumber(channel.queued), models::formatNumber(channel.capacity)));
    m_delivered->setValue(models::formatNumber(channel.delivered));
    m_dropped->setValue(models::formatNumber(channel.dropped));
    m_consumer->setValue(models::oneLine(channel.consumer));
    m_since->setValue(models::formatClock(channel.since, now));
    showConnection(connection, now);
    const QString groups = models::oneLine(channel.groups.join(u", "_s)).replace(u", "_s, u"\n"_s);
    m_groups->setText(groups.isEmpty() ? tr("In no group.") : groups);
}

void ChannelDetails::showConnection(const models::ConnectionRow *connection, qint64 /*now*/)
{
    m_connectionTitle->setText(connection ? tr("Connection %1").arg(connection->info.id)
                                          : tr("No connection of its own"));
    for (Fact *fact : std::as_const(m_connectionFacts))
        fact->setVisible(connection);
    if (!connection)
        return;
    const channels::ConnectionInfo &info = connection->info;
    const QString roundTrip = models::ConnectionTableModel::roundTripText(info);
    const QStringList values{
        models::oneLine(info.client),
        models::oneLine(info.path),
        models::ConnectionTableModel::transportText(info),
        models::oneLine(info.userAgent),
        info.subprotocol.isEmpty() ? tr("none") : models::oneLine(info.subprotocol),
        roundTrip.isEmpty() ? tr("not measured") : roundTrip,
        tr("%1 / %2", "messages sent, received")
            .arg(models::formatNumber(info.messagesOut), models::formatNumber(info.messagesIn)),
    };
    for (int i = 0; i < values.size(); ++i)
        m_connectionFacts.at(i)->setValue(values.at(i));
}

void ChannelDetails::showClosed()
{
    m_state->setText(tr("This channel is closed. These are its last values."));
    m_state->setWordWrap(true);
    m_state->show();
}

} // namespace parlour::widgets::monitor
