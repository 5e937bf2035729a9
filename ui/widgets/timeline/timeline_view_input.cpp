// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What keys and the mouse do in the timeline.
#include "models/message_list_model.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/message_words.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace parlour::widgets {

using namespace Qt::StringLiterals;
using models::MessageListModel;
using Part = MessageLayout::Part;

QString TimelineView::selectedText() const
{
    auto indexes =
        selectionModel() != nullptr ? selectionModel()->selectedIndexes() : QModelIndexList();
    if (indexes.size() == 1)
        return indexes.constFirst().data(MessageListModel::TextRole).toString();
    std::sort(indexes.begin(), indexes.end());
    QStringList lines;
    for (const auto &index : std::as_const(indexes))
        lines.append(u"%1, %2: %3"_s.arg(
            index.data(MessageListModel::SenderNameRole).toString(),
            MessageWords::time(index.data(MessageListModel::TimeRole).toLongLong()),
            index.data(MessageListModel::TextRole).toString()));
    return lines.join(u'\n');
}

void TimelineView::copySelected() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

/// Keys begin at the newest message.
void TimelineView::ensureCurrent()
{
    if (!currentIndex().isValid() && model() != nullptr && model()->rowCount() > 0)
        selectionModel()->setCurrentIndex(model()->index(model()->rowCount() - 1, 0),
                                          QItemSelectionModel::NoUpdate);
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    ensureCurrent();
    QListView::focusInEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    ensureCurrent();
    const QModelIndex current = currentIndex();
    const bool isPlain = (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0;
    const QString text = event->text();
    if (event->key() == Qt::Key_End && isPlain)
        Q_EMIT endWanted();
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event->key() == Qt::Key_Escape) {
        clearSelection();
        leaveThePast();
        Q_EMIT typed({});
    } else if (event->key() == Qt::Key_End && isPlain && m_messages && m_messages->isDetached()) {
        scrollToEnd();
        ensureCurrent();
    } else if (act(*event)) {
        event->accept();
    } else if (isPlain && !text.isEmpty() && text.at(0).isPrint() && text != u" "_s) {
        Q_EMIT typed(text);
    } else if (event->modifiers() != Qt::NoModifier || !scrollsInsideRow(event->key())) {
        QListView::keyPressEvent(event);
        if (currentIndex() != current)
            scrollTo(currentIndex());
    }
}

/// Up and Down first move through a row that is higher than the view.
bool TimelineView::scrollsInsideRow(int key)
{
    if (!currentIndex().isValid() || (key != Qt::Key_Up && key != Qt::Key_Down))
        return false;
    const QRect row = visualRect(currentIndex());
    const bool hidesMore = key == Qt::Key_Up ? row.top() < 0 : row.bottom() >= viewport()->height();
    if (!hidesMore || row.height() <= viewport()->height())
        return false;
    verticalScrollBar()->triggerAction(key == Qt::Key_Up ? QAbstractSlider::SliderSingleStepSub
                                                         : QAbstractSlider::SliderSingleStepAdd);
    return true;
}

void TimelineView::keyboardSearch(const QString &)
{
    // Typing belongs to the composer.
}

TimelineView::Target TimelineView::targetAt(QPoint position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    return {index, m_delegate->layoutOf(index).hit(position - visualRect(index).topLeft())};
}

void TimelineView::activate(const Target &target)
{
    const QString id = target.index.data(MessageListModel::IdRole).toString();
    switch (target.hit.part) {
    case Part::Link:
        Q_EMIT linkActivated(target.hit.link);
        break;
    case Part::Retry:
        Q_EMIT retryRequested(id);
        break;
    case Part::Discard:
        Q_EMIT discardRequested(id);
        break;
    case Part::Quote: {
        const auto quote = target.index.data(MessageListModel::ReplyRole).value<chat::Quote>();
        const chat::Position position = m_messages->quotedBy(target.index.row());
        if (!jumpTo(quote.id))
            Q_EMIT quoteMissing(quote.id, position);
        break;
    }
    case Part::Reaction:
        toggle(target.index, target.hit.reaction);
        break;
    case Part::Time:
    case Part::Edited:
    case Part::None:
        break;
    }
}

bool TimelineView::isFailed(const QModelIndex &index) const
{
    return index.data(MessageListModel::DeliveryRole).value<chat::Delivery>()
        == chat::Delivery::Failed;
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    const Target target = targetAt(event->pos());
    const Part part = target.hit.part;
    const bool isActive = part != Part::None && part != Part::Time && part != Part::Edited;
    showActions(event->buttons() == Qt::NoButton ? target.index : QModelIndex());
    viewport()->setCursor(isActive ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? targetAt(event->pos()) : Target();
    QListView::mousePressEvent(event);
    if (!indexAt(event->pos()).isValid())
        clearSelection();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const Target pressed = std::exchange(m_pressed, {});
    const Target released = targetAt(event->pos());
    // A drag that ends elsewhere selects rows and opens nothing.
    if (event->button() == Qt::LeftButton && pressed.index == released.index
        && pressed.hit.part == released.hit.part && pressed.hit.link == released.hit.link
        && pressed.hit.reaction == released.hit.reaction)
        activate(released);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    executeDelayedItemsLayout(); // else the layout to come would undo this step
    QListView::wheelEvent(event);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        showActions({});
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), tooltipFor(targetAt(help->pos())).toHtmlEscaped(),
                       viewport());
    return true;
}

} // namespace parlour::widgets
