// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QFrame;
class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace parlour::widgets {

class Theme;
class TextLabel;
struct ButtonLook;

/// A dialog inside the window, shown by a SheetHost, which owns it: a title, a body that scrolls
/// where the window is low, a line for a problem, and buttons. Esc closes it, Enter presses the
/// default button, Tab stays inside. Never blocks.
class Sheet : public QDialog
{
    Q_OBJECT
public:
    /// `width` in pixels of the design.
    Sheet(const Theme &theme, int width, const QString &title);

    /// What has the focus when the sheet opens.
    QWidget *firstFocus() const { return m_first; }
    int designWidth() const;
    int heightForWidth(int width) const override;
    /// Fills the window: square corners, no shadow.
    void setFull(bool isFull);

    /// Says what went wrong under the body and lets the person try again; empty: nothing did.
    virtual void setProblem(const QString &sentence);
    QString problem() const;
    /// While the answer is awaited: the default button is off and says `label` instead of its text.
    void setBusy(const QString &label);
    bool isBusy() const { return !m_defaultText.isEmpty(); }

protected:
    /// Where a subclass puts its content.
    QVBoxLayout *body() const { return m_content; }
    /// A warning's line icon before the title.
    void setHeadIcon(const QString &icon);
    TextLabel *addText(const QString &text);
    /// A caption above a field; clicking it focuses the field.
    void addCaption(const QString &text, QWidget *field);
    /// Right of those added before. The first on the far left where `isApart`.
    QPushButton *addButton(const QString &text, const ButtonLook &look, bool isApart = false);
    /// The button of Enter.
    void setDefaultButton(QPushButton *button);
    void setFirstFocus(QWidget *control) { m_first = control; }
    const Theme &theme() const { return m_theme; }

    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildHead(const QString &title);
    void buildBody();
    void buildFoot();

    const Theme &m_theme;
    int m_width;
    bool m_isFull = false;
    QWidget *m_head = nullptr;
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_content = nullptr;
    QWidget *m_problemRow = nullptr;
    TextLabel *m_problem = nullptr;
    QWidget *m_foot = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QWidget *m_first = nullptr; ///< a child
    QPushButton *m_default = nullptr;
    QString m_defaultText;
};

} // namespace parlour::widgets
