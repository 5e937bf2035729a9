// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/timeline/message_row.h"
#include "widgets/timeline/text_links.h"
#include "widgets/timeline/timeline_style.h"

#include <QRect>
#include <QTextLayout>

#include <memory>

namespace parlour::widgets {

/// Where everything of one message row stands, from the row's top left corner. A null rectangle:
/// not there. Knows no colours and no view.
struct MessageLayout {
    enum class Part { None, Link, Time, Retry, Discard, Quote, Edited, Reaction };
    struct Hit {
        Part part = Part::None;
        QUrl link; ///< for Link
        int reaction = -1; ///< for Reaction: which
    };

    QSize size;
    QRect day; ///< the line of a new day, over the full text width
    QRect gap; ///< the note that messages may be missing, with its padding
    QRect unread; ///< the line above unread messages
    QRect gapBelow; ///< the like of it, below the message
    QRect message; ///< the message itself, over the full width
    QRect avatar;
    QRect name;
    QRect time; ///< beside the name, or under the avatars where the row starts no group
    QRect removed; ///< instead of all that follows
    QRect quote; ///< the message that it replies to: a bar, a name and the beginning of its text
    QRect quoteName;
    QRect quoteText;
    QRect text;
    QRect edited;
    QRect state; ///< own messages on their way: icon and words
    QRect check; ///< own messages that arrived
    QRect problem; ///< not sent: icon and reason
    QRect retry;
    QRect discard;
    QList<QRect> chips; ///< of the reactions
    std::unique_ptr<QTextLayout> body; ///< to be drawn at text.topLeft()
    QList<TextLink> links; ///< in body->text(), like the next
    QList<chat::Mention> mentions;

    /// What a click at this place means.
    Hit hit(QPoint position) const;
};

/// width: of the viewport, in pixels. former, if there is one, laid the same row out with the same
/// fonts at another width and is used up: shaping text is what costs, and most lines stay as they
/// are while a window is resized.
MessageLayout layOutMessage(const MessageRow &row, const TimelineStyle &style, int width,
                            MessageLayout *former = nullptr);

} // namespace parlour::widgets
