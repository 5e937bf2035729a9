// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

class QLineEdit;

namespace parlour::widgets {

/// Asks for one line of text, or for two: a new name, a topic, a new room with its topic. Stays
/// open with what was typed until the app accepts or says a problem.
class TextSheet final : public Sheet
{
    Q_OBJECT
public:
    struct Field {
        QString caption = {}; ///< and accessible name
        QString text = {};
        int longest = 0; ///< characters
        bool mayBeEmpty = false;
    };
    struct Wording {
        QString title = {};
        QString sentence = {}; ///< under the title; empty: none
        QString button = {};
        QString busy = {}; ///< of the button while the answer is awaited
    };

    TextSheet(const Theme &theme, const Wording &wording, const QList<Field> &fields);

Q_SIGNALS:
    /// In the order of the fields, without space at their ends.
    void submitted(const QStringList &texts);

private:
    void submit();
    bool isComplete() const;

    QString m_busy;
    QList<Field> m_fields;
    QList<QLineEdit *> m_edits; ///< children, as many as m_fields
    QPushButton *m_submit;
};

} // namespace parlour::widgets
