// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/roles.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QAbstractItemView;
class QLabel;
class QLineEdit;
class QTableView;

/// Small things that every part of the monitor is made of.
namespace parlour::widgets::monitor {

/// A plain-text label in a type style of the design; follows the theme. `tone` is one of theme.qss.
QLabel *makeLabel(const Theme &theme, Theme::Type type, const char *tone = nullptr);
void setTone(QWidget *widget, const char *tone);

/// A filter field with its icon and a clear button.
QLineEdit *makeFilterField(const Theme &theme, const QString &placeholder, const QString &name);

/// Rows of 34, our header, no grid, whole rows chosen, sorting by click.
void setUpTable(QTableView &table, const Theme &theme);
/// Ctrl+C and a context menu entry: the chosen rows, cells apart by tabs.
void addCopyAction(QAbstractItemView &view);

/// A one-line label that is cut where there is no room for it; its tooltip has it whole.
class ElidedLabel : public QWidget
{
    Q_OBJECT
public:
    ElidedLabel(const Theme &theme, Theme::Type type, QWidget *parent = nullptr);
    void setText(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Theme::Type m_type;
    QString m_text;
};

/// One colour of the theme as background, with a line at some edges.
class Surface : public QWidget
{
    Q_OBJECT
public:
    Surface(const Theme &theme, QColor Tokens::*fill, Qt::Edges lines, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QColor Tokens::*m_fill;
    Qt::Edges m_lines;
};

/// A label and its value on one line; the value is cut where it does not fit and can be copied.
class Fact : public QWidget
{
    Q_OBJECT
public:
    Fact(const Theme &theme, const QString &label, bool isCode, QWidget *parent = nullptr);
    void setValue(const QString &value, models::CellTone tone = models::CellTone::Plain);
    QString value() const { return m_value; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    const Theme &m_theme;
    QString m_label;
    QString m_value;
    models::CellTone m_tone = models::CellTone::Plain;
    bool m_isCode;
};

} // namespace parlour::widgets::monitor
