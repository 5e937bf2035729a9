// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/focus_ring.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusEvent>
#include <QFocusFrame>

namespace parlour::widgets {

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

FocusRing::~FocusRing()
{
    delete m_frame;
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        const bool isByKey = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
            || reason == Qt::ShortcutFocusReason;
        auto *button = qobject_cast<QAbstractButton *>(watched);
        moveTo(isByKey ? button : nullptr);
    } else if (event->type() == QEvent::FocusOut && m_frame != nullptr
               && watched == m_frame->widget()) {
        moveTo(nullptr);
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::moveTo(QWidget *widget)
{
    if (m_frame == nullptr) {
        if (widget == nullptr) {
            return;
        }
        m_frame = new QFocusFrame;
    }
    m_frame->setWidget(widget);
}

} // namespace parlour::widgets
