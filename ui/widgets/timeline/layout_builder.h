// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/timeline/message_layout.h"

#include <QFontMetrics>

namespace parlour::widgets {

/// Lays one row out from top to bottom; used for the length of one call.
class LayoutBuilder
{
public:
    LayoutBuilder(const MessageRow &row, const TimelineStyle &style, int width,
                  MessageLayout *former);

    MessageLayout build();

private:
    static int lineHeight(const QFont &font) { return QFontMetrics(font).lineSpacing(); }
    static int advance(const QFont &font, const QString &text)
    {
        return QFontMetrics(font).horizontalAdvance(text);
    }

    void placeLinesAbove();
    QRect placeGap(const QString &words);
    void placeMessage();
    void placeHead();
    void placeRemoved();
    void placeQuote();
    bool staysAsItWas() const;
    void placeText();
    QList<QTextLayout::FormatRange> formats() const;
    void placeBodyLines();
    QRect placeBehindText(int space, int width, bool mayWrap);
    void placeState();
    void placeChips();
    void placeProblem();

    const MessageRow &m_row;
    const TimelineStyle &m_style;
    MessageLayout *const m_former;
    const int m_width;
    const int m_right;
    const int m_textWidth;
    int m_y = 0;
    int m_lineEnd = 0; ///< of what stands in the last line
    MessageLayout m_out;
};

} // namespace parlour::widgets
