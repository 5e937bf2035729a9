// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What can be done with a message: by keys, in its menu and with the tools under the pointer.
#include "models/message_list_model.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/message_actions.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/message_words.h"
#include "widgets/timeline/reaction_choice.h"
#include "widgets/timeline/timeline_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace parlour::widgets {

using namespace Qt::StringLiterals;
using models::MessageListModel;
using models::ShownReaction;
using Part = MessageLayout::Part;

namespace {

QString idOf(const QModelIndex &index)
{
    return index.data(MessageListModel::IdRole).toString();
}

QList<ShownReaction> reactionsOf(const QModelIndex &index)
{
    return index.data(MessageListModel::ReactionsRole).value<QList<ShownReaction>>();
}

/// The same key under a Latin and a Russian layout.
bool isLetter(const QKeyEvent &event, Qt::Key latin, char16_t cyrillic)
{
    return event.modifiers() == Qt::NoModifier
        && (event.key() == latin || event.text().toLower() == QString(QChar(cyrillic)));
}

} // namespace

void TimelineView::setRights(bool mayReact, bool mayModerate)
{
    m_mayReact = mayReact;
    m_mayModerate = mayModerate;
}

/// Whether the host has the message, so that something can be done with it.
bool TimelineView::isSaid(const QModelIndex &index) const
{
    const auto delivery = index.data(MessageListModel::DeliveryRole).value<chat::Delivery>();
    return index.isValid() && !index.data(MessageListModel::DeletedRole).toBool()
        && (delivery == chat::Delivery::Received || delivery == chat::Delivery::Sent);
}

bool TimelineView::mayEdit(const QModelIndex &index) const
{
    return isSaid(index) && index.data(MessageListModel::IsSelfRole).toBool();
}

bool TimelineView::mayDelete(const QModelIndex &index) const
{
    return isSaid(index) && (m_mayModerate || index.data(MessageListModel::IsSelfRole).toBool());
}

/// Keys of the row with the focus. Letters are keys only where it is seen that this row has it;
/// elsewhere they belong to the composer.
bool TimelineView::act(const QKeyEvent &event)
{
    const QModelIndex current = currentIndex();
    if (isFailed(current))
        return actOnFailed(event.key());
    if (!isSaid(current) || event.modifiers() != Qt::NoModifier)
        return false;
    const bool isSeen = window()->testAttribute(Qt::WA_KeyboardFocusChange);
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (isEnter)
        Q_EMIT replyRequested(idOf(current));
    else if (event.key() == Qt::Key_Delete && mayDelete(current))
        Q_EMIT deleteRequested(idOf(current));
    else if (event.key() == Qt::Key_Space && m_delegate->currentChip() >= 0)
        toggle(current, m_delegate->currentChip());
    else if (isSeen && m_mayReact && isLetter(event, Qt::Key_R, u'к'))
        openReactions(current, menuPlace(current));
    else if (isSeen && mayEdit(current) && isLetter(event, Qt::Key_E, u'у'))
        Q_EMIT editRequested(idOf(current));
    else
        return moveChip(event.key());
    return true;
}

bool TimelineView::actOnFailed(int key)
{
    if (key == Qt::Key_Return || key == Qt::Key_Enter)
        activate({currentIndex(), {Part::Retry, {}}});
    else if (key == Qt::Key_Delete)
        activate({currentIndex(), {Part::Discard, {}}});
    else
        return false;
    return true;
}

/// Left and Right go along the reactions of the row.
bool TimelineView::moveChip(int key)
{
    const int count = int(reactionsOf(currentIndex()).size());
    if (count == 0 || (key != Qt::Key_Left && key != Qt::Key_Right))
        return false;
    const int step = key == Qt::Key_Left ? -1 : 1;
    m_delegate->setCurrentChip(qBound(-1, m_delegate->currentChip() + step, count - 1));
    update(currentIndex());
    return true;
}

void TimelineView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    m_delegate->setCurrentChip(-1);
    QListView::currentChanged(current, previous);
}

void TimelineView::toggle(const QModelIndex &index, int chip)
{
    const QList<ShownReaction> reactions = reactionsOf(index);
    if (chip < reactions.size() && isSaid(index) && m_mayReact)
        Q_EMIT reactRequested(idOf(index), reactions.at(chip).emoji, !reactions.at(chip).isOwn);
}

QPoint TimelineView::menuPlace(const QModelIndex &index) const
{
    const QRect row = visualRect(index).intersected(viewport()->rect());
    return viewport()->mapToGlobal(row.topLeft() + QPoint(m_delegate->style().textLeft(), 0));
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() != QContextMenuEvent::Keyboard)
        return openMenu(targetAt(event->pos()), event->globalPos());
    ensureCurrent();
    openMenu({currentIndex(), {}}, menuPlace(currentIndex()));
}

void TimelineView::openMenu(const Target &target, QPoint place)
{
    if (target.index.isValid())
        menuFor(target)->popup(place);
}

void TimelineView::openReactions(const QModelIndex &index, QPoint place)
{
    auto *choice = new ReactionChoice(reactionsOf(index), this);
    choice->setAttribute(Qt::WA_DeleteOnClose);
    connect(choice, &ReactionChoice::chosen, this, [this, id = idOf(index)](auto emoji, bool isOn) {
        Q_EMIT reactRequested(id, emoji, isOn);
    });
    choice->popup(place);
    choice->setActiveAction(choice->actions().constFirst());
}

QMenu *TimelineView::menuFor(const Target &target)
{
    if (!selectionModel()->isSelected(target.index))
        selectionModel()->setCurrentIndex(target.index, QItemSelectionModel::ClearAndSelect);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isSaid(target.index))
        addChanges(*menu, target.index);
    if (!target.index.data(MessageListModel::DeletedRole).toBool())
        menu->addAction(tr("Copy"), this, &TimelineView::copySelected);
    QList<QUrl> links;
    for (const auto &link : m_delegate->layoutOf(target.index).links)
        if (!links.contains(link.url) && links.size() < 5)
            links.append(link.url);
    for (const QUrl &url : std::as_const(links)) {
        const QString words = QString(url.toDisplayString().left(60)).replace(u'&', u"&&"_s);
        menu->addAction(tr("Open %1").arg(words), this, [this, url] { Q_EMIT linkActivated(url); });
    }
    const QString id = idOf(target.index);
    if (mayDelete(target.index)) {
        menu->addSeparator();
        menu->addAction(tr("Delete…"), this, [this, id] { Q_EMIT deleteRequested(id); });
    }
    if (isFailed(target.index)) {
        menu->addSeparator();
        menu->addAction(MessageWords::retry(), this, [this, id] { Q_EMIT retryRequested(id); });
        menu->addAction(MessageWords::discard(), this, [this, id] { Q_EMIT discardRequested(id); });
    }
    return menu;
}

void TimelineView::addChanges(QMenu &menu, const QModelIndex &index)
{
    const QString id = idOf(index);
    menu.addAction(tr("Reply"), this, [this, id] { Q_EMIT replyRequested(id); });
    if (m_mayReact) {
        auto *choice = new ReactionChoice(reactionsOf(index), &menu);
        connect(choice, &ReactionChoice::chosen, this,
                [this, id](auto emoji, bool isOn) { Q_EMIT reactRequested(id, emoji, isOn); });
        menu.addMenu(choice);
    }
    if (mayEdit(index))
        menu.addAction(tr("Edit"), this, [this, id] { Q_EMIT editRequested(id); });
    menu.addSeparator();
}

QString TimelineView::tooltipFor(const Target &target) const
{
    switch (target.hit.part) {
    case Part::Link: // encoded: the real host, whatever its letters look like
        return QString::fromLatin1(target.hit.link.toEncoded());
    case Part::Time:
        return MessageWords::moment(target.index.data(MessageListModel::TimeRole).toLongLong());
    case Part::Edited:
        return MessageWords::editedAt(target.index.data(MessageListModel::EditedRole).toLongLong());
    case Part::Reaction:
        return MessageWords::people(reactionsOf(target.index).value(target.hit.reaction));
    case Part::Quote:
    case Part::Retry:
    case Part::Discard:
    case Part::None:
        break;
    }
    return {};
}

void TimelineView::connectActions()
{
    const auto below = [this] {
        return m_actions->mapToGlobal(QPoint(0, m_actions->height() + 2));
    };
    connect(m_actions, &MessageActions::reactRequested, this,
            [this, below] { openReactions(m_hovered, below()); });
    connect(m_actions, &MessageActions::replyRequested, this,
            [this] { Q_EMIT replyRequested(idOf(m_hovered)); });
    connect(m_actions, &MessageActions::moreRequested, this, [this, below] {
        openMenu({m_hovered, {}}, below());
    });
}

/// Of the message under the pointer; none: they go.
void TimelineView::showActions(const QModelIndex &index)
{
    if (!isSaid(index)) {
        m_actions->hide();
        return;
    }
    m_hovered = index;
    const QRect message =
        m_delegate->layoutOf(index).message.translated(visualRect(index).topLeft());
    const int top = message.top() - m_theme.px(14);
    m_actions->move(viewport()->width() - m_actions->width() - m_delegate->style().rightSide(),
                    qBound(2, top, qMax(2, viewport()->height() - m_actions->height())));
    m_actions->show();
    m_actions->raise();
}

} // namespace parlour::widgets
