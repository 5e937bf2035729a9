// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/sheet_host.h"

#include "widgets/common/sheet.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

namespace parlour::widgets {

namespace {

constexpr int Margin = 24; ///< around a sheet; under it the sheet fills the window
constexpr int ShadowReach = 24;
constexpr int ShadowDrop = 8;

} // namespace

SheetHost::SheetHost(const Theme &theme, QWidget *over)
    : QWidget(over)
    , m_theme(theme)
{
    hide();
    over->installEventFilter(this);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SheetHost::open(Sheet *sheet)
{
    sheet->setParent(this);
    sheet->hide();
    if (m_sheet == nullptr) {
        show(sheet);
    } else if (m_waiting.size() < MaxWaiting) {
        m_waiting.append(sheet);
    } else {
        sheet->deleteLater();
    }
}

void SheetHost::closeAll()
{
    for (Sheet *sheet : std::exchange(m_waiting, {})) {
        sheet->deleteLater();
    }
    if (m_sheet != nullptr) {
        m_sheet->reject();
    }
}

void SheetHost::show(Sheet *sheet)
{
    m_sheet = sheet;
    m_focusBefore = window()->focusWidget();
    connect(sheet, &QDialog::finished, this, [this, sheet] { leave(sheet); });
    setGeometry(parentWidget()->rect());
    raise();
    setVisible(true);
    place();
    sheet->setVisible(true);
    place(); // labels know their lines only now
    QWidget *const first = sheet->firstFocus() != nullptr ? sheet->firstFocus() : sheet;
    first->setFocus(Qt::ShortcutFocusReason); // with the ring: Enter acts there
    // The layout of a sheet changes as its problem comes and goes.
    sheet->installEventFilter(this);
}

void SheetHost::leave(Sheet *sheet)
{
    if (sheet != m_sheet) {
        return;
    }
    sheet->removeEventFilter(this);
    sheet->deleteLater();
    m_sheet = nullptr;
    if (!m_waiting.isEmpty()) {
        QWidget *const before = m_focusBefore;
        show(m_waiting.takeFirst());
        m_focusBefore = before;
        return;
    }
    hide();
    if (m_focusBefore != nullptr) {
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    }
}

void SheetHost::place()
{
    if (m_sheet == nullptr) {
        return;
    }
    const int wanted = m_sheet->designWidth();
    const bool isFull = width() < wanted + 2 * Margin;
    m_sheet->setFull(isFull);
    const int sheetWidth = isFull ? width() : wanted;
    const int sheetHeight = isFull
        ? height()
        : qMin(m_sheet->heightForWidth(sheetWidth), qMax(0, height() - 2 * Margin));
    m_sheet->setGeometry((width() - sheetWidth) / 2, (height() - sheetHeight) / 2, sheetWidth,
                         sheetHeight);
    update();
}

bool SheetHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
        place();
    } else if (watched == m_sheet && event->type() == QEvent::LayoutRequest) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void SheetHost::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().scrim);
    if (m_sheet == nullptr || m_sheet->width() == width()) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor shade = m_theme.tokens().scrim;
    shade.setAlpha(m_theme.tokens().isDark ? 8 : 3);
    painter.setBrush(shade);
    for (int reach = ShadowReach; reach > 0; reach -= 2) {
        const QRectF shape = QRectF(m_sheet->geometry())
                                 .translated(0, ShadowDrop)
                                 .adjusted(-reach, -reach, reach, reach);
        painter.drawRoundedRect(shape, 12 + reach, 12 + reach);
    }
}

// Nothing behind the sheet is meant.
void SheetHost::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

} // namespace parlour::widgets
