// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace parlour::widgets {

class TextLabel;
class Theme;

/// One of the two choices of the first page: an icon, a title, what the subclass adds, and a line
/// for what went wrong.
class Card : public QFrame
{
    Q_OBJECT
public:
    Card(const Theme &theme, const QString &icon, const QString &title, QWidget *parent);

    /// Empty: nothing went wrong.
    void setProblem(const QString &sentence);

protected:
    const Theme &theme() const { return m_theme; }
    QVBoxLayout *column() const { return m_column; }
    TextLabel *addText(const QString &text);
    /// Where the problem is said.
    void addProblemLine();

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
    TextLabel *m_problem;
};

} // namespace parlour::widgets
