// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/text_sheet.h"

#include "widgets/common/controls.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

TextSheet::TextSheet(const Theme &theme, const Wording &wording, const QList<Field> &fields)
    : Sheet(theme, 480, wording.title)
    , m_busy(wording.busy)
    , m_fields(fields)
{
    if (!wording.sentence.isEmpty()) {
        addText(wording.sentence);
    }
    for (const Field &field : fields) {
        auto *edit = new QLineEdit(field.text, this);
        edit->setAccessibleName(field.caption);
        edit->setMaxLength(field.longest);
        addCaption(field.caption, edit);
        m_edits << edit;
    }
    auto *cancel = addButton(tr("Cancel"), {.scale = u"sheet"_s});
    m_submit = addButton(wording.button, {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(m_submit);
    m_submit->setEnabled(isComplete());
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &TextSheet::submit);
    for (QLineEdit *edit : std::as_const(m_edits)) {
        connect(edit, &QLineEdit::textChanged, this, [this] {
            setProblem({});
            m_submit->setEnabled(isComplete());
        });
    }
    if (!m_edits.isEmpty()) {
        setFirstFocus(m_edits.first());
        m_edits.first()->selectAll();
    }
}

bool TextSheet::isComplete() const
{
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        if (!m_fields.at(i).mayBeEmpty && m_edits.at(i)->text().trimmed().isEmpty()) {
            return false;
        }
    }
    return true;
}

void TextSheet::submit()
{
    QStringList texts;
    for (const QLineEdit *edit : std::as_const(m_edits)) {
        texts << edit->text().trimmed();
    }
    setBusy(m_busy);
    Q_EMIT submitted(texts);
}

} // namespace parlour::widgets
