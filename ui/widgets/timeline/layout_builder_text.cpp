// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// The text of a message row: its lines, links and mentions.
#include "widgets/timeline/layout_builder.h"
#include "widgets/timeline/message_words.h"

#include <QtMath>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {

/// A message holds 4,000 code points, but other programs in the same group may say a megabyte: no
/// row takes longer than this to lay out. Copying gives all of it.
constexpr qsizetype ShownUnits = 8192;

QString shownText(const QString &text)
{
    QString shown = text;
    if (shown.size() > ShownUnits) {
        shown.truncate(ShownUnits - (shown.at(ShownUnits - 1).isHighSurrogate() ? 1 : 0));
        shown += MessageWords::shortened(text.size());
    }
    shown.replace("\r\n"_L1, "\n"_L1);
    for (QChar &character : shown)
        if (character == u'\n' || character == u'\r' || character == QChar::ParagraphSeparator)
            character = QChar::LineSeparator;
    while (shown.endsWith(QChar::LineSeparator))
        shown.chop(1);
    return shown;
}

} // namespace

/// Whether every line of the former layout ends where it would end now.
bool LayoutBuilder::staysAsItWas() const
{
    if (m_former == nullptr || m_former->body == nullptr)
        return false;
    if (m_former->text.width() == m_textWidth)
        return true;
    const QTextLayout &body = *m_former->body;
    return body.lineCount() == body.text().count(QChar::LineSeparator) + 1
        && body.maximumWidth() <= m_textWidth && !body.text().isRightToLeft();
}

void LayoutBuilder::placeText()
{
    if (staysAsItWas()) {
        m_out.body = std::move(m_former->body);
        m_out.links = m_former->links;
        m_out.mentions = m_former->mentions;
        m_out.text = QRect(m_style.textLeft(), m_y, m_textWidth, m_former->text.height());
        m_y += m_out.text.height();
        return;
    }
    m_out.body = std::make_unique<QTextLayout>(shownText(m_row.text), m_style.body);
    m_out.links = findLinks(m_out.body->text());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    if (m_out.body->text().isRightToLeft())
        option.setAlignment(Qt::AlignRight);
    m_out.body->setTextOption(option);
    m_out.body->setCacheEnabled(true);
    // Of a text that is cut, what lies beyond the cut is not there.
    for (const chat::Mention &mention : m_row.mentions)
        if (mention.start + mention.length <= m_out.body->text().size())
            m_out.mentions.append(mention);
    m_out.body->setFormats(formats());
    placeBodyLines();
    m_y += m_out.text.height();
}

QList<QTextLayout::FormatRange> LayoutBuilder::formats() const
{
    QList<QTextLayout::FormatRange> formats;
    for (const auto &link : std::as_const(m_out.links)) {
        QTextCharFormat format;
        format.setFontUnderline(true);
        formats.append({link.start, link.length, format});
    }
    for (const auto &mention : std::as_const(m_out.mentions)) {
        QTextCharFormat format;
        format.setFontWeight(m_style.strong.weight());
        formats.append({int(mention.start), int(mention.length), format});
    }
    return formats;
}

/// Lines stand at one distance whatever fonts they borrow (emoji are taller), unless a script needs
/// clearly more.
void LayoutBuilder::placeBodyLines()
{
    const QFontMetricsF metrics(m_style.body);
    const qreal pitch = qMax<qreal>(qCeil(metrics.lineSpacing()), m_style.px(20));
    const qreal baseline = (pitch - metrics.height()) / 2 + metrics.ascent();
    qreal y = 0;
    m_out.body->beginLayout();
    for (QTextLine line = m_out.body->createLine(); line.isValid();
         line = m_out.body->createLine()) {
        line.setLineWidth(m_textWidth);
        const bool isTall = line.height() > pitch * 1.3;
        line.setPosition({0, isTall ? y : y + baseline - line.ascent()});
        y += isTall ? line.height() : pitch;
    }
    m_out.body->endLayout();
    m_out.text = QRect(m_style.textLeft(), m_y, m_textWidth, qCeil(qMax(y, pitch)));
}

} // namespace parlour::widgets
