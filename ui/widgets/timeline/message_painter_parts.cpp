// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What stands around the text of a message row.
#include "models/shown_reaction.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/message_painter.h"
#include "widgets/timeline/message_words.h"

#include <QPainter>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

void MessagePainter::paintRemoved()
{
    const Tokens &tokens = m_look.theme.tokens();
    const TimelineStyle &style = m_look.style;
    const QRect &place = m_layout.removed;
    const int icon = style.px(16);
    drawIcon(u"trash"_s, tokens.text3,
             {style.side() + (style.avatar() - icon) / 2, place.center().y()}, icon);
    drawText(place, Qt::AlignVCenter, style.small, tokens.text2, MessageWords::removed());
    drawText(m_layout.time, Qt::AlignVCenter, style.caption, tokens.text3,
             MessageWords::time(m_row.time));
}

void MessagePainter::paintQuote()
{
    if (m_layout.quote.isNull())
        return;
    const Tokens &tokens = m_look.theme.tokens();
    const TimelineStyle &style = m_look.style;
    QRect bar = m_layout.quote;
    bar.setWidth(style.px(3));
    m_painter.fillRect(bar, tokens.accline);
    QFont strong = style.small;
    strong.setWeight(style.strong.weight());
    drawText(m_layout.quoteName, Qt::AlignVCenter, strong, tokens.text2,
             QFontMetrics(strong).elidedText(m_row.reply->sender.name, Qt::ElideRight,
                                             m_layout.quoteName.width()));
    drawText(m_layout.quoteText, Qt::AlignVCenter, style.small, tokens.text2,
             QFontMetrics(style.small)
                 .elidedText(MessageWords::quoted(*m_row.reply), Qt::ElideRight,
                             m_layout.quoteText.width()));
}

/// The grounds of the names; in each line its part.
void MessagePainter::paintMentions()
{
    const TimelineStyle &style = m_look.style;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_look.theme.tokens().accsoft);
    for (const auto &mention : m_layout.mentions) {
        for (int i = 0; i < m_layout.body->lineCount(); ++i) {
            const QTextLine line = m_layout.body->lineAt(i);
            const int from = qMax(int(mention.start), line.textStart());
            const int to =
                qMin(int(mention.start + mention.length), line.textStart() + line.textLength());
            if (from >= to)
                continue;
            const qreal left = line.cursorToX(from);
            const qreal right = line.cursorToX(to);
            const QRectF ground(m_layout.text.left() + qMin(left, right),
                                m_layout.text.top() + line.y(), qAbs(right - left), line.height());
            const qreal side = style.px(2);
            m_painter.drawRoundedRect(ground.adjusted(-side, 0, side, 0), style.px(4), style.px(4));
        }
    }
}

void MessagePainter::paintState()
{
    const Tokens &tokens = m_look.theme.tokens();
    const int icon = m_look.style.px(14);
    if (const QRect &check = m_layout.check; !check.isNull())
        drawIcon(u"check"_s, tokens.text3, {check.left(), check.center().y()}, icon);
    if (!m_layout.edited.isNull())
        drawText(m_layout.edited, Qt::AlignVCenter, m_look.style.caption, tokens.text3,
                 MessageWords::edited());
    const QRect &state = m_layout.state;
    if (state.isNull() || !showsState(m_row, m_look.now))
        return;
    drawIcon(u"clock"_s, tokens.text3, {state.left(), state.center().y()}, icon);
    drawText(state, Qt::AlignRight | Qt::AlignVCenter, m_look.style.caption, tokens.text3,
             MessageWords::state(m_row));
}

void MessagePainter::paintChips()
{
    const Tokens &tokens = m_look.theme.tokens();
    const TimelineStyle &style = m_look.style;
    for (int i = 0; i < m_layout.chips.size(); ++i) {
        const models::ShownReaction &reaction = m_row.reactions.at(i);
        const QRect &chip = m_layout.chips.at(i);
        const qreal radius = chip.height() / 2.0;
        m_painter.setPen(QPen(reaction.isOwn ? tokens.acc : tokens.line, 1));
        m_painter.setBrush(reaction.isOwn ? tokens.accsoft : tokens.well);
        m_painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        const QRect words = chip.adjusted(style.px(9), 0, -style.px(9), 0);
        drawText(words, Qt::AlignVCenter, style.small, tokens.text, reaction.emoji);
        drawText(words, Qt::AlignVCenter | Qt::AlignRight, style.captionStrong,
                 reaction.isOwn ? tokens.acc : tokens.text2, MessageWords::count(reaction));
        if (i != m_look.chip || !hasKeyboardFocus())
            continue;
        m_painter.setPen(QPen(tokens.acc, 2));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(QRectF(chip).adjusted(-2, -2, 2, 2), radius + 2, radius + 2);
    }
}

void MessagePainter::paintProblem()
{
    if (m_layout.problem.isNull())
        return;
    const QColor colour = m_look.theme.tokens().bad;
    const TimelineStyle &style = m_look.style;
    const int line = QFontMetrics(style.caption).lineSpacing();
    drawIcon(u"error"_s, colour, {m_layout.problem.left(), m_layout.problem.top() + line / 2 + 1},
             style.px(14));
    drawText(m_layout.problem.adjusted(style.px(22), 0, 0, 0), Qt::AlignVCenter | Qt::TextWordWrap,
             style.caption, colour, MessageWords::problem(m_row.problem));
    QFont action = style.captionStrong;
    action.setUnderline(true);
    drawText(m_layout.retry, Qt::AlignCenter, action, colour, MessageWords::retry());
    drawText(m_layout.discard, Qt::AlignCenter, action, colour, MessageWords::discard());
}

} // namespace parlour::widgets
