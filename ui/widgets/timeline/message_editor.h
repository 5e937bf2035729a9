// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace parlour::widgets {

/// Plain text that grows from one to six lines. Enter submits, Shift+Enter starts a new line.
class MessageEditor final : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr int MostLines = 6;
    /// UTF-16 units. A paste that would go beyond it is refused as a whole, so that nobody believes
    /// a part to be all of it.
    static constexpr qsizetype MostText = 100'000;

    explicit MessageEditor(QWidget *parent = nullptr);

    /// Height follows the text, the width and the font.
    void adjustHeight();

Q_SIGNALS:
    void submitted();
    void focusChanged(bool hasFocus);
    void pasteRefused();
    void escaped();
    /// Up, where there is nothing to go up in.
    void upInEmpty();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace parlour::widgets
