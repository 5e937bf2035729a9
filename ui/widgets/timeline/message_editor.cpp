// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_editor.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QtMath>

namespace parlour::widgets {

MessageEditor::MessageEditor(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    connect(this, &QPlainTextEdit::textChanged, this, &MessageEditor::adjustHeight);
    adjustHeight();
}

void MessageEditor::adjustHeight()
{
    // Summed, not multiplied: lines with borrowed letters are higher.
    const qreal usual = qCeil(QFontMetricsF(font()).lineSpacing());
    qreal height = 0;
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < MostLines;
         block = block.next()) {
        const QTextLayout &layout = *block.layout();
        const int count = qMax(1, layout.lineCount());
        for (int i = 0; i < count && lines < MostLines; ++i, ++lines)
            height += i < layout.lineCount() ? layout.lineAt(i).height() : usual;
    }
    setVerticalScrollBarPolicy(lines >= MostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const QMargins margins = contentsMargins();
    setFixedHeight(qCeil(height) + margins.top() + margins.bottom() + 2);
}

void MessageEditor::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && (event->modifiers() & Qt::ShiftModifier) == 0)
        Q_EMIT submitted();
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT escaped();
    else if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier
             && document()->isEmpty())
        Q_EMIT upInEmpty();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void MessageEditor::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void MessageEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

void MessageEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        adjustHeight();
}

void MessageEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adjustHeight();
}

void MessageEditor::insertFromMimeData(const QMimeData *source)
{
    if (document()->characterCount() + source->text().size() > MostText)
        Q_EMIT pasteRefused();
    else
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace parlour::widgets
