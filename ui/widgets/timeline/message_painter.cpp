// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_painter.h"

#include "widgets/common/avatar.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/message_words.h"

#include <QPainter>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 QuietMs = 300;
}

MessagePainter::MessagePainter(QPainter &painter, const MessageRow &row,
                               const MessageLayout &layout, const Look &look)
    : m_painter(painter)
    , m_row(row)
    , m_layout(layout)
    , m_look(look)
{
}

void MessagePainter::paint()
{
    paintLinesAround();
    paintBackground();
    if (m_row.isDeleted) {
        paintRemoved();
        paintFocus();
        return;
    }
    if (m_row.startsGroup)
        paintAvatar(m_painter, m_layout.avatar, {.id = m_row.senderId, .name = m_row.senderName},
                    m_look.theme);
    paintHead();
    paintQuote();
    paintMentions();
    paintBody();
    paintState();
    paintChips();
    paintProblem();
    paintFocus();
}

bool MessagePainter::showsState(const MessageRow &row, qint64 now)
{
    if (row.isChanging)
        return true;
    switch (row.delivery) {
    case chat::Delivery::Waiting:
        return true;
    case chat::Delivery::Sending:
        return now - row.time >= QuietMs;
    case chat::Delivery::Received:
    case chat::Delivery::Sent:
    case chat::Delivery::Failed:
        break;
    }
    return false;
}

void MessagePainter::paintLinesAround()
{
    const Tokens &tokens = m_look.theme.tokens();
    const QFont &font = m_look.style.captionStrong;
    const int space = m_look.style.px(12);
    if (const QRect &day = m_layout.day; !day.isNull()) {
        const QString words = MessageWords::day(m_row.time);
        const int half = QFontMetrics(font).horizontalAdvance(words) / 2 + space;
        const int middle = day.center().x();
        drawLine(day.left(), middle - half, day.center().y(), tokens.line);
        drawLine(middle + half, day.right(), day.center().y(), tokens.line);
        drawText(day, Qt::AlignCenter, font, tokens.text2, words);
    }
    if (!m_layout.gap.isNull())
        paintGap(m_layout.gap, MessageWords::gap(m_row));
    if (!m_layout.gapBelow.isNull())
        paintGap(m_layout.gapBelow, MessageWords::gapBelow());
    if (const QRect &unread = m_layout.unread; !unread.isNull()) {
        const QString words = MessageWords::unread();
        const int taken = QFontMetrics(font).horizontalAdvance(words) + space;
        drawLine(unread.left(), unread.right() - taken, unread.center().y(), tokens.ment);
        drawText(unread, Qt::AlignRight | Qt::AlignVCenter, font, tokens.ment, words);
    }
}

void MessagePainter::paintGap(const QRect &gap, const QString &words)
{
    const Tokens &tokens = m_look.theme.tokens();
    const TimelineStyle &style = m_look.style;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(tokens.well);
    m_painter.drawRoundedRect(gap, style.px(8), style.px(8));
    const int padding = style.px(12);
    drawIcon(u"info"_s, tokens.text2, {gap.left() + padding, gap.center().y()}, style.px(16));
    drawText(gap.adjusted(padding + style.px(24), 0, -padding, 0),
             Qt::AlignVCenter | Qt::TextWordWrap, style.small, tokens.text2, words);
}

void MessagePainter::paintBackground()
{
    const Tokens &tokens = m_look.theme.tokens();
    if (m_look.state.testFlag(QStyle::State_Selected))
        m_painter.fillRect(m_layout.message, tokens.sel);
    else if (m_row.delivery == chat::Delivery::Failed)
        m_painter.fillRect(m_layout.message, tokens.badsoft);
    else if (m_row.mentionsSelf)
        m_painter.fillRect(m_layout.message, tokens.mentrow);
    if (m_row.mentionsSelf) {
        QRect bar = m_layout.message;
        bar.setWidth(m_look.style.px(3));
        m_painter.fillRect(bar, tokens.mentbar);
    }
}

void MessagePainter::paintHead()
{
    const Tokens &tokens = m_look.theme.tokens();
    const TimelineStyle &style = m_look.style;
    const QString time = MessageWords::time(m_row.time);
    if (!m_row.startsGroup) {
        if (m_look.state.testFlag(QStyle::State_MouseOver) || hasKeyboardFocus())
            drawText(m_layout.time, Qt::AlignCenter, style.caption, tokens.text3, time);
        return;
    }
    const QFontMetrics strong(style.strong);
    drawText(m_layout.name, Qt::AlignVCenter, style.strong, tokens.text,
             strong.elidedText(m_row.senderName, Qt::ElideRight, m_layout.name.width()));
    // One baseline for both.
    const QRect &head = m_layout.name;
    const int baseline = head.top() + (head.height() - strong.height()) / 2 + strong.ascent();
    m_painter.setFont(style.caption);
    m_painter.setPen(tokens.text3);
    m_painter.drawText(m_layout.time.left(), baseline, time);
}

void MessagePainter::paintBody()
{
    const Tokens &tokens = m_look.theme.tokens();
    QList<QTextLayout::FormatRange> links;
    for (const auto &link : m_layout.links) {
        QTextCharFormat format;
        format.setForeground(tokens.acc);
        format.setFontUnderline(true);
        links.append({link.start, link.length, format});
    }
    for (const auto &mention : m_layout.mentions) {
        QTextCharFormat format;
        format.setForeground(tokens.acc);
        links.append({int(mention.start), int(mention.length), format});
    }
    const bool isOnItsWay = !m_row.isChanging && showsState(m_row, m_look.now);
    m_painter.setPen(isOnItsWay ? tokens.text2 : tokens.text);
    m_layout.body->draw(&m_painter, m_layout.text.topLeft(), links);
}

bool MessagePainter::hasKeyboardFocus() const
{
    return m_look.state.testFlag(QStyle::State_HasFocus)
        && m_look.state.testFlag(QStyle::State_KeyboardFocusChange);
}

void MessagePainter::paintFocus()
{
    if (!hasKeyboardFocus())
        return;
    const qreal inset = m_look.style.px(4);
    m_painter.setPen(QPen(m_look.theme.tokens().acc, 2));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(QRectF(m_layout.message).adjusted(inset, 1, -inset, -1),
                              m_look.style.px(6), m_look.style.px(6));
}

void MessagePainter::drawText(const QRect &place, int flags, const QFont &font,
                              const QColor &colour, const QString &text)
{
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(place, flags, text);
}

void MessagePainter::drawIcon(const QString &name, const QColor &colour, QPoint leftCentre,
                              int size)
{
    const qreal ratio = m_painter.device()->devicePixelRatio();
    m_painter.drawPixmap(leftCentre - QPoint(0, size / 2 - 1),
                         m_look.theme.pixmap(name, colour, size, ratio));
}

void MessagePainter::drawLine(int from, int to, int y, const QColor &colour)
{
    if (to > from)
        m_painter.fillRect(QRect(from, y, to - from, 1), colour);
}

} // namespace parlour::widgets
