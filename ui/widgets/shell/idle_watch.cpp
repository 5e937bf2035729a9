// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/idle_watch.h"

#include <QEvent>
#include <QGuiApplication>

#include <utility>

namespace parlour::widgets {

namespace {

bool isByAPerson(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TabletPress:
    case QEvent::TabletMove:
        return event
            .spontaneous(); // else Qt has made it up, as when a widget moves below the mouse
    default:
        return false;
    }
}

} // namespace

IdleWatch::IdleWatch(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(patience);
    connect(&m_timer, &QTimer::timeout, this, [this] { setIdle(true); });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive)
                    beUsed();
            });
    qGuiApp->installEventFilter(this);
    m_timer.start();
}

bool IdleWatch::eventFilter(QObject *watched, QEvent *event)
{
    if (isByAPerson(*event))
        beUsed();
    return QObject::eventFilter(watched, event);
}

void IdleWatch::beUsed()
{
    m_timer.start();
    setIdle(false);
}

void IdleWatch::setIdle(bool isIdle)
{
    if (std::exchange(m_isIdle, isIdle) != isIdle)
        Q_EMIT changed(isIdle);
}

} // namespace parlour::widgets
