// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/timeline_view.h"

#include "models/message_list_model.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/message_actions.h"
#include "widgets/timeline/message_delegate.h"

#include <QEvent>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <chrono>

namespace parlour::widgets {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::MessageListModel;

TimelineView::TimelineView(Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
    , m_delegate(new MessageDelegate(theme, this))
    , m_empty(new EmptyState(theme, u"inbox"_s, tr("Nothing has been said here yet"),
                             tr("Messages appear here. Say hello."), viewport()))
    , m_loading(new TextLabel(theme, Theme::Type::Body, TextLabel::Fit::Wrap, viewport()))
    , m_jump(new QPushButton(this))
    , m_actions(new MessageActions(theme, viewport()))
    , m_anchor(*this)
{
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(m_delegate);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // rows keep one width; an idle bar is blank
    setAutoScroll(false); // only a person scrolls
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    m_loading->setText(tr("Loading messages…"));
    m_loading->setTone(u"text2"_s);
    m_loading->setAlignment(Qt::AlignCenter);
    m_jump->setObjectName(u"jump"_s);
    m_jump->setProperty("kind", u"primary"_s);
    m_jump->setAccessibleName(tr("Jump to latest"));
    m_jump->setFocusPolicy(Qt::TabFocus);
    m_jump->style()->polish(m_jump); // it asked its style before it had a name
    m_jump->hide();
    m_stateDue.setSingleShot(true);
    m_stateDue.setInterval(320ms);
    connect(&m_stateDue, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(m_jump, &QPushButton::clicked, this, &TimelineView::scrollToEnd);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TimelineView::noteScroll);
    connect(&theme, &Theme::changed, this, &TimelineView::restyle);
    connectActions();
    restyle();
    updateEmpty();
}

void TimelineView::setMessages(MessageListModel *messages)
{
    const QPointer<MessageListModel> formerMessages = m_messages;
    if (formerMessages)
        formerMessages->disconnect(this);
    m_messages = messages;
    m_newMessages = 0;
    m_pressed = {};
    showActions({});
    m_delegate->forgetAll();
    m_anchor.stickToEnd();
    m_isLanding = true;
    const std::unique_ptr<QItemSelectionModel> former(selectionModel()); // a view leaves it behind
    setModel(messages);
    if (formerMessages && formerMessages != messages) { // who comes again finds the end
        formerMessages->showLatest();
        formerMessages->setReading(-1);
    }
    if (messages != nullptr)
        connectMessages(*messages);
    updateEmpty();
    scheduleDelayedItemsLayout();
}

void TimelineView::connectMessages(const MessageListModel &messages)
{
    connect(&messages, &MessageListModel::loadedChanged, this, &TimelineView::updateEmpty);
    connect(&messages, &MessageListModel::rowsMoved, this,
            [this] { scheduleDelayedItemsLayout(); });
    connect(&messages, &MessageListModel::detachedChanged, this, [this] {
        m_anchor.setFollowing(!m_messages->isDetached());
        scheduleDelayedItemsLayout();
    });
    connect(&messages, &MessageListModel::saidBelow, this, [this](int count) {
        m_newMessages += count;
        placeChildren();
    });
}

void TimelineView::doItemsLayout()
{
    {
        const QScopedValueRollback layingOut(m_isLayingOut, true);
        m_delegate->setGeometry(viewport()->width(), width() - viewport()->width(),
                                window()->width() < m_theme.px(700));
        QListView::doItemsLayout();
        m_anchor.restore();
    }
    landAtUnread();
    updateEmpty();
    placeChildren();
    noteReading();
    announceEnd();
    wantMore();
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    {
        const QScopedValueRollback layingOut(m_isLayingOut, true);
        QListView::resizeEvent(event);
    }
    doItemsLayout();
}

void TimelineView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        announceEnd();
}

void TimelineView::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    doItemsLayout();
}

void TimelineView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QListView::rowsInserted(parent, start, end);
    m_stateDue.start();
    if (end != model()->rowCount() - 1 || m_messages->isDetached())
        return;
    const QModelIndex last = model()->index(end, 0);
    const auto delivery = last.data(MessageListModel::DeliveryRole).value<chat::Delivery>();
    if (delivery != chat::Delivery::Received && delivery != chat::Delivery::Sent)
        m_anchor.stickToEnd(); // who says something wants to see it
    else if (!m_anchor.isAtEnd())
        m_newMessages += end - start + 1;
}

void TimelineView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    m_anchor.avoid(start, end);
    for (int row = start; row <= end; ++row)
        m_delegate->forget(model()->index(row, 0).data(MessageListModel::IdRole).toString());
    m_pressed = {};
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

void TimelineView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                               const QList<int> &roles)
{
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row)
        m_delegate->forget(model()->index(row, 0).data(MessageListModel::IdRole).toString());
    m_stateDue.start();
    QListView::dataChanged(topLeft, bottomRight, roles);
    scheduleDelayedItemsLayout();
}

void TimelineView::restyle()
{
    m_delegate->forgetAll();
    m_jump->setIcon(m_theme.icon(u"arrowdown"_s, m_theme.tokens().onfill));
    const QFontMetrics body(m_theme.font(Theme::Type::Body));
    verticalScrollBar()->setSingleStep(body.lineSpacing());
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.tokens().base);
    setPalette(colours);
    scheduleDelayedItemsLayout();
}

void TimelineView::updateEmpty()
{
    const bool isEmpty = m_messages && m_messages->rowCount() == 0;
    m_empty->setVisible(isEmpty && m_messages->isLoaded());
    m_loading->setVisible(isEmpty && !m_messages->isLoaded());
}

void TimelineView::placeChildren()
{
    updateJump();
    m_empty->setGeometry(viewport()->rect());
    m_loading->setGeometry(viewport()->rect());
    m_jump->move(viewport()->width() - m_jump->width() - m_delegate->style().rightSide(),
                 viewport()->height() - m_jump->height() - m_theme.px(12));
}

} // namespace parlour::widgets
