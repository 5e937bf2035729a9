// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QListView>
#include <QStringListModel>

class QPlainTextEdit;

namespace parlour::widgets {

class Theme;

/// The names that fit what stands behind an '@' before the cursor. Up and Down choose, Tab and
/// Enter take one, Esc closes; the editor keeps the focus all the time.
class NameCompletion final : public QListView
{
    Q_OBJECT
public:
    static constexpr int MostRows = 6;
    static constexpr int MostNames = 50; ///< that are listed

    /// Lies over `over`, above `editor`; both outlive the list, and so does the theme.
    NameCompletion(const Theme &theme, QPlainTextEdit &editor, QWidget *over);

    void setPeople(const QStringList &names);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Where the '@' stands that the cursor is behind; -1: there is none.
    int start() const;
    void propose();
    void place();
    bool takeKey(int key);
    void accept(const QModelIndex &name);

    const Theme &m_theme;
    QPlainTextEdit &m_editor;
    QStringListModel m_names;
    QStringList m_people;
    bool m_isClosed = false; ///< by Esc, until the text is another one
};

} // namespace parlour::widgets
