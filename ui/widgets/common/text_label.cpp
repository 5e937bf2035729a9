// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/text_label.h"

#include <QAccessible>
#include <QPainter>
#include <QStyle>

namespace parlour::widgets {

TextLabel::TextLabel(const Theme &theme, Theme::Type type, Fit fit, QWidget *parent)
    : QLabel(parent)
    , m_fit(fit)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(fit == Fit::Wrap);
    setFont(theme.font(type));
    if (fit == Fit::Elide) {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }
    connect(&theme, &Theme::changed, this, [this, &theme, type] { setFont(theme.font(type)); });
}

void TextLabel::setText(const QString &newText)
{
    if (newText == text()) {
        return;
    }
    QLabel::setText(newText);
    updateToolTip();
    if (!accessibleName().isEmpty()) {
        setAccessibleDescription(newText);
    }
}

void TextLabel::setTone(const QString &tone)
{
    if (property("tone").toString() != tone) {
        setProperty("tone", tone);
        style()->polish(this);
    }
}

// A label's text is its name unless it has a name of its own; then the text would be lost.
void TextLabel::setName(const QString &name)
{
    setAccessibleName(name);
    setAccessibleDescription(text());
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    const int least = fontMetrics().averageCharWidth() * (m_fit == Fit::Elide ? 3 : 8);
    return m_fit == Fit::Whole ? hint : QSize(qMin(hint.width(), least), hint.height());
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    if (m_fit != Fit::Elide || !isCut()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), int(alignment()), palette(), isEnabled(),
                          fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()),
                          foregroundRole());
}

void TextLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateToolTip();
}

bool TextLabel::isCut() const
{
    return fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

void TextLabel::updateToolTip()
{
    if (m_fit == Fit::Elide) {
        setToolTip(isCut() ? text().toHtmlEscaped() : QString());
    }
}

} // namespace parlour::widgets
