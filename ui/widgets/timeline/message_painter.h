// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/timeline/message_layout.h"

#include <QStyle>

class QPainter;

namespace parlour::widgets {

class Theme;

/// Paints one row of the timeline from its layout; used for the length of one call.
class MessagePainter
{
public:
    struct Look {
        const Theme &theme;
        const TimelineStyle &style;
        QStyle::State state; ///< of the row in its view
        qint64 now = 0; ///< ms UTC
        int chip = -1; ///< of the reactions, the one that keys are at; -1: none
    };

    MessagePainter(QPainter &painter, const MessageRow &row, const MessageLayout &layout,
                   const Look &look);

    /// The painter's origin is the row's top left corner.
    void paint();

    /// An own message says that it is on its way only when that takes a while: 300 ms after it was
    /// said.
    static bool showsState(const MessageRow &row, qint64 now);

private:
    void paintLinesAround();
    void paintGap(const QRect &gap, const QString &words);
    void paintBackground();
    void paintHead();
    void paintRemoved();
    void paintQuote();
    void paintMentions();
    void paintBody();
    void paintState();
    void paintChips();
    void paintProblem();
    void paintFocus();
    bool hasKeyboardFocus() const;
    void drawText(const QRect &place, int flags, const QFont &font, const QColor &colour,
                  const QString &text);
    void drawIcon(const QString &name, const QColor &colour, QPoint leftCentre, int size);
    void drawLine(int from, int to, int y, const QColor &colour);

    QPainter &m_painter;
    const MessageRow &m_row;
    const MessageLayout &m_layout;
    const Look &m_look;
};

} // namespace parlour::widgets
