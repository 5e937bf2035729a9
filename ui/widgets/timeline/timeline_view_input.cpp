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
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
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
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event->key() == Qt::Key_Escape) {
        clearSelection();
        Q_EMIT typed({});
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
               && isFailed(current)) {
        activate({current, {Part::Retry, {}}});
    } else if (event->key() == Qt::Key_Delete && isFailed(current)) {
        activate({current, {Part::Discard, {}}});
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
    case Part::Time:
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
    const Part part = targetAt(event->pos()).hit.part;
    const bool isActive = part != Part::None && part != Part::Time;
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
        && pressed.hit.part == released.hit.part && pressed.hit.link == released.hit.link)
        activate(released);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    executeDelayedItemsLayout(); // else the layout to come would undo this step
    QListView::wheelEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    Target target;
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        ensureCurrent();
        target.index = currentIndex();
        const QRect row = visualRect(target.index).intersected(viewport()->rect());
        place = viewport()->mapToGlobal(row.topLeft() + QPoint(m_delegate->style().textLeft(), 0));
    } else {
        target = targetAt(event->pos());
    }
    if (target.index.isValid())
        menuFor(target)->popup(place);
}

QMenu *TimelineView::menuFor(const Target &target)
{
    if (!selectionModel()->isSelected(target.index))
        selectionModel()->setCurrentIndex(target.index, QItemSelectionModel::ClearAndSelect);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &TimelineView::copySelected);
    QList<QUrl> links;
    for (const auto &link : m_delegate->layoutOf(target.index).links)
        if (!links.contains(link.url) && links.size() < 5)
            links.append(link.url);
    for (const QUrl &url : std::as_const(links)) {
        const QString words = QString(url.toDisplayString().left(60)).replace(u'&', u"&&"_s);
        menu->addAction(tr("Open %1").arg(words), this, [this, url] { Q_EMIT linkActivated(url); });
    }
    if (isFailed(target.index)) {
        const QString id = target.index.data(MessageListModel::IdRole).toString();
        menu->addSeparator();
        menu->addAction(MessageWords::retry(), this, [this, id] { Q_EMIT retryRequested(id); });
        menu->addAction(MessageWords::discard(), this, [this, id] { Q_EMIT discardRequested(id); });
    }
    return menu;
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Target target = targetAt(help->pos());
    QString words;
    if (target.hit.part == Part::Link) // encoded: the real host, whatever its letters look like
        words = QString::fromLatin1(target.hit.link.toEncoded());
    else if (target.hit.part == Part::Time)
        words = MessageWords::moment(target.index.data(MessageListModel::TimeRole).toLongLong());
    QToolTip::showText(help->globalPos(), words.toHtmlEscaped(), viewport());
    return true;
}

} // namespace parlour::widgets
