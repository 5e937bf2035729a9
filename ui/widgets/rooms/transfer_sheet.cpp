// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/transfer_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {
constexpr int Steps = 1000; ///< of the bar
} // namespace

TransferSheet::TransferSheet(const Theme &theme, const QString &title)
    : Sheet(theme, 460, title)
    , m_state(addText(tr("It begins…")))
    , m_bar(new QProgressBar(this))
    , m_cancel(addButton(tr("Cancel"), {.scale = u"sheet"_s}))
{
    m_bar->setRange(0, Steps);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(title);
    body()->addWidget(m_bar);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    setFirstFocus(m_cancel);
}

void TransferSheet::setProgress(const QString &state, qint64 done, qint64 total)
{
    const double share = total > 0 ? std::clamp(double(done) / double(total), 0.0, 1.0) : 0;
    m_bar->setValue(qRound(share * Steps));
    m_state->setText(state.isEmpty() ? tr("%1 done").arg(QLocale().toString(qRound(share * 100))
                                                         + QLocale().percent())
                                     : state);
}

void TransferSheet::setProblem(const QString &sentence)
{
    Sheet::setProblem(sentence);
    m_bar->hide();
    m_state->hide();
    m_cancel->setText(tr("Close"));
}

} // namespace parlour::widgets
