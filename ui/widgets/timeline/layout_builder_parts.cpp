// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What stands around the text of a message row: the quote above it, and what follows it.
#include "widgets/timeline/layout_builder.h"
#include "widgets/timeline/message_words.h"

#include <QWidget>
#include <QtMath>

namespace parlour::widgets {

void LayoutBuilder::placeQuote()
{
    if (!m_row.reply)
        return;
    const QFontMetrics small(m_style.small);
    const int indent = m_style.px(13); // of the words, behind the bar
    const int space = m_style.px(8);
    const QString name = m_row.reply->sender.name;
    const QString words = MessageWords::quoted(*m_row.reply);
    const int most = m_textWidth - indent;
    QFont strong = m_style.small;
    strong.setWeight(m_style.strong.weight());
    const int height = qMax(m_style.px(20), small.height() + 2);
    int nameWidth = name.isEmpty() ? 0 : qMin(advance(strong, name) + 1, most / 2);
    const int wordsAt = indent + (nameWidth > 0 ? nameWidth + space : 0);
    const int wordsWidth = qMin(small.horizontalAdvance(words) + 1, m_textWidth - wordsAt);
    const int left = m_style.textLeft();
    m_out.quote = QRect(left, m_y, wordsAt + wordsWidth, height);
    m_out.quoteName = QRect(left + indent, m_y, nameWidth, height);
    m_out.quoteText = QRect(left + wordsAt, m_y, wordsWidth, height);
    m_y += height + m_style.px(4);
}

/// A place of that width in the last line, behind the text and what follows it already; where it
/// does not fit, in a line of its own, or null where it may not wrap.
QRect LayoutBuilder::placeBehindText(int space, int width, bool mayWrap)
{
    const int height = qMax(lineHeight(m_style.body), m_style.px(20));
    if (m_lineEnd + space + width <= m_right) {
        const QRect place(m_lineEnd + space, m_y - height, width, height);
        m_lineEnd = place.right() + 1;
        return place;
    }
    if (!mayWrap)
        return {};
    const QRect place(m_out.text.left(), m_y, width, height);
    m_y += height;
    m_lineEnd = place.right() + 1;
    return place;
}

void LayoutBuilder::placeState()
{
    const int lines = m_out.body->lineCount();
    const QRectF last = lines > 0 ? m_out.body->lineAt(lines - 1).naturalTextRect() : QRectF();
    m_lineEnd = m_out.text.left() + qCeil(last.right());
    if (m_row.edited > 0)
        m_out.edited = placeBehindText(m_style.px(5),
                                       advance(m_style.caption, MessageWords::edited()) + 1, true);
    const QString words = MessageWords::state(m_row);
    const int icon = m_style.px(14);
    if (!words.isEmpty())
        m_out.state = placeBehindText(
            m_style.px(10), icon + m_style.px(4) + advance(m_style.caption, words) + 1, true);
    else if (m_row.isSelf && m_row.delivery == chat::Delivery::Sent && m_row.endsGroup)
        m_out.check = placeBehindText(m_style.px(10), icon, false);
}

void LayoutBuilder::placeChips()
{
    if (m_row.reactions.isEmpty())
        return;
    const int height = qMax(m_style.px(24), lineHeight(m_style.captionStrong) + m_style.px(6));
    const int space = m_style.px(4);
    const int left = m_out.text.left();
    int x = left;
    m_y += m_style.px(6);
    for (const models::ShownReaction &reaction : m_row.reactions) {
        const int width = advance(m_style.small, reaction.emoji)
            + advance(m_style.captionStrong, MessageWords::count(reaction)) + m_style.px(24);
        if (x > left && x + width > left + m_textWidth) {
            x = left;
            m_y += height + space;
        }
        m_out.chips.append(QRect(x, m_y, width, height));
        x += width + space;
    }
    m_y += height + m_style.px(2);
}

void LayoutBuilder::placeProblem()
{
    const QString words = MessageWords::problem(m_row.problem);
    const QFontMetrics caption(m_style.caption);
    const int left = m_out.text.left();
    const int indent = m_style.px(22); // of the words, behind the icon
    const int space = m_style.px(8);
    const int retry = advance(m_style.captionStrong, MessageWords::retry()) + 1;
    const int discard = advance(m_style.captionStrong, MessageWords::discard()) + 1;
    const int wordsWidth = caption.horizontalAdvance(words) + 1;
    const int line = qMax(caption.lineSpacing(), m_style.px(18));
    int x = left + indent;
    if (indent + wordsWidth + 2 * space + retry + discard <= m_textWidth) {
        m_out.problem = QRect(left, m_y, indent + wordsWidth, line);
        x = m_out.problem.right() + 1 + space;
    } else {
        const QRect wrapped = caption.boundingRect(
            QRect(0, 0, m_textWidth - indent, QWIDGETSIZE_MAX), Qt::TextWordWrap, words);
        m_out.problem = QRect(left, m_y, m_textWidth, qMax(line, wrapped.height()));
        m_y += m_out.problem.height();
    }
    // Easier to hit than the words are high.
    const int reach = qMax(0, m_style.px(24) - line) / 2;
    m_out.retry = QRect(x, m_y - reach, retry, line + 2 * reach);
    m_out.discard = m_out.retry.translated(retry + space, 0);
    m_out.discard.setWidth(discard);
    m_y += line;
}

} // namespace parlour::widgets
