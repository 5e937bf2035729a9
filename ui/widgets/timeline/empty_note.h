// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;

namespace parlour::widgets {

class Theme;

/// What a list says in its middle while it has no rows: an icon in a disc, a heading, a sentence.
class EmptyNote final : public QWidget
{
    Q_OBJECT
public:
    /// theme outlives the widget.
    explicit EmptyNote(const Theme &theme, QWidget *parent);

    /// Without an icon and a heading only the sentence stands there.
    void setWords(const QString &icon, const QString &heading, const QString &sentence);

private:
    void restyle();

    const Theme &m_theme;
    QString m_icon;
    QLabel *m_disc; ///< children, as are the others
    QLabel *m_heading;
    QLabel *m_sentence;
};

} // namespace parlour::widgets
