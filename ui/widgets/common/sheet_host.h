// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

namespace parlour::widgets {

class Sheet;
class Theme;

/// Lies over a whole window while a sheet is open: dims it, takes its clicks, centres the sheet and
/// gives the focus back when it closes. One sheet at a time; a second one waits.
class SheetHost final : public QWidget
{
    Q_OBJECT
public:
    /// `over` is covered, and owns this.
    SheetHost(const Theme &theme, QWidget *over);

    /// Takes the sheet; it is gone after it has closed.
    void open(Sheet *sheet);
    /// The sheet that is open, or nullptr.
    Sheet *current() const { return m_sheet; }
    void closeAll();

    static constexpr int MaxWaiting = 8;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void show(Sheet *sheet);
    void place();
    void leave(Sheet *sheet);

    const Theme &m_theme;
    QPointer<Sheet> m_sheet;
    QList<Sheet *> m_waiting; ///< children of this
    QPointer<QWidget> m_focusBefore;
};

} // namespace parlour::widgets
