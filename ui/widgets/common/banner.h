// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/text_label.h"

#include <QFrame>

class QBoxLayout;
class QPushButton;
class QToolButton;

namespace parlour::widgets {

/// A strip across a pane: an icon, a strong word, a sentence, and at most one button. Says a state
/// in words; the colour only helps.
class Banner : public QFrame
{
    Q_OBJECT
public:
    struct Look {
        QString tone = {}; ///< warn, acc, bad, quiet
        QString icon = {};
    };

    explicit Banner(const Theme &theme, QWidget *parent = nullptr);

    void setBanner(const Look &look, const QString &head, const QString &sentence);
    /// Empty: no button.
    void setAction(const QString &text);
    /// The accessible name of the sentence.
    void setName(const QString &name) { m_sentence->setName(name); }
    QString head() const { return m_head->text(); }
    QString sentence() const { return m_sentence->text(); }

Q_SIGNALS:
    void actionTriggered();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void dress();

    const Theme &m_theme;
    Look m_look;
    QLabel *m_icon;
    TextLabel *m_head;
    TextLabel *m_sentence;
    QPushButton *m_action;
    QBoxLayout *m_words; ///< head and sentence: beside each other where there is width
};

} // namespace parlour::widgets
