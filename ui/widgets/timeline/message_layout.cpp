// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_layout.h"

#include "widgets/timeline/layout_builder.h"
#include "widgets/timeline/message_words.h"

#include <QWidget>

namespace parlour::widgets {

LayoutBuilder::LayoutBuilder(const MessageRow &row, const TimelineStyle &style, int width,
                             MessageLayout *former)
    : m_row(row)
    , m_style(style)
    , m_former(former)
    , m_width(width)
    , m_right(width - style.rightSide())
    , m_textWidth(qMax(style.px(40), qMin(style.px(720), m_right - style.textLeft())))
{
}

MessageLayout LayoutBuilder::build()
{
    placeLinesAbove();
    const int top = m_y;
    if (m_row.isDeleted)
        placeRemoved();
    else
        placeMessage();
    m_out.message = QRect(0, top, m_width, m_y - top);
    if (m_row.gapBelow)
        m_out.gapBelow = placeGap(MessageWords::gapBelow());
    m_out.size = QSize(m_width, m_y);
    return std::move(m_out);
}

void LayoutBuilder::placeMessage()
{
    const bool failed = m_row.delivery == chat::Delivery::Failed;
    m_y += m_style.px(failed ? 6 : m_row.startsGroup ? 10 : 2);
    placeHead();
    placeQuote();
    placeText();
    if (failed) {
        placeProblem();
    } else {
        placeState();
        placeChips();
    }
    if (m_row.startsGroup)
        m_y = qMax(m_y, m_out.avatar.bottom() + 1);
    m_y += m_style.px(failed ? 6 : 2);
}

void LayoutBuilder::placeLinesAbove()
{
    const int left = m_style.side();
    const int caption = lineHeight(m_style.captionStrong);
    if (m_row.dayBreak) {
        m_y += m_style.px(14);
        m_out.day = QRect(left, m_y, m_right - left, caption);
        m_y += caption + m_style.px(4);
    }
    if (m_row.gap)
        m_out.gap = placeGap(MessageWords::gap(m_row));
    if (m_row.unreadLine) {
        m_y += m_style.px(10);
        m_out.unread = QRect(left, m_y, m_right - left, caption);
        m_y += caption;
    }
}

QRect LayoutBuilder::placeGap(const QString &words)
{
    m_y += m_style.px(8);
    const int padding = m_style.px(12);
    const int inner = m_textWidth - 2 * padding - m_style.px(24);
    const QRect lines =
        QFontMetrics(m_style.small)
            .boundingRect(QRect(0, 0, inner, QWIDGETSIZE_MAX), Qt::TextWordWrap, words);
    const QRect gap(m_style.textLeft(), m_y, lines.width() + 2 * padding + m_style.px(24) + 1,
                    lines.height() + m_style.px(16));
    m_y += gap.height() + m_style.px(4);
    return gap;
}

void LayoutBuilder::placeHead()
{
    const int left = m_style.side();
    const QString time = MessageWords::time(m_row.time);
    const int timeWidth = advance(m_style.caption, time);
    if (!m_row.startsGroup) {
        const int x = left + (m_style.avatar() - timeWidth) / 2;
        m_out.time =
            QRect(qMax(1, x), m_y, timeWidth + 1, qMax(lineHeight(m_style.body), m_style.px(20)));
        return;
    }
    m_out.avatar = QRect(left, m_y, m_style.avatar(), m_style.avatar());
    const int height = qMax(lineHeight(m_style.strong), m_style.px(20));
    const int most = m_right - m_style.textLeft() - m_style.px(8) - timeWidth;
    const int nameWidth = qMin(advance(m_style.strong, m_row.senderName) + 1, qMax(most, 0));
    m_out.name = QRect(m_style.textLeft(), m_y, nameWidth, height);
    m_out.time = QRect(m_out.name.right() + 1 + m_style.px(8), m_y, timeWidth + 1, height);
    m_y += height;
}

/// A row of the system's own: an icon in the place of the avatar, and small words.
void LayoutBuilder::placeRemoved()
{
    m_y += m_style.px(8);
    const int height = qMax(lineHeight(m_style.small), m_style.px(18));
    const int words = advance(m_style.small, MessageWords::removed()) + 1;
    m_out.removed = QRect(m_style.textLeft(), m_y, words, height);
    m_out.time = QRect(m_out.removed.right() + 1 + m_style.px(8), m_y,
                       advance(m_style.caption, MessageWords::time(m_row.time)) + 1, height);
    m_y += height + m_style.px(4);
}

MessageLayout::Hit MessageLayout::hit(QPoint position) const
{
    if (retry.contains(position))
        return {Part::Retry, {}};
    if (discard.contains(position))
        return {Part::Discard, {}};
    if (time.contains(position))
        return {Part::Time, {}};
    if (edited.contains(position))
        return {Part::Edited, {}};
    if (quote.contains(position))
        return {Part::Quote, {}};
    for (int chip = 0; chip < chips.size(); ++chip)
        if (chips.at(chip).contains(position))
            return {Part::Reaction, {}, chip};
    const QPointF inText = position - text.topLeft();
    for (int i = 0; body && i < body->lineCount(); ++i) {
        const QTextLine line = body->lineAt(i);
        if (!line.naturalTextRect().contains(inText))
            continue;
        const int character = line.xToCursor(inText.x(), QTextLine::CursorOnCharacter);
        for (const auto &link : links)
            if (character >= link.start && character < link.start + link.length)
                return {Part::Link, link.url};
    }
    return {};
}

MessageLayout layOutMessage(const MessageRow &row, const TimelineStyle &style, int width,
                            MessageLayout *former)
{
    return LayoutBuilder(row, style, width, former).build();
}

} // namespace parlour::widgets
