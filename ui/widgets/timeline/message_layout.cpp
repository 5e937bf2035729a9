// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_layout.h"

#include "widgets/timeline/message_words.h"

#include <QFontMetrics>
#include <QWidget>
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

/// Lays one row out from top to bottom.
class Builder
{
public:
    Builder(const MessageRow &row, const TimelineStyle &style, int width, MessageLayout *former)
        : m_row(row)
        , m_style(style)
        , m_former(former)
        , m_width(width)
        , m_right(width - style.rightSide())
        , m_textWidth(qMax(style.px(40), qMin(style.px(720), m_right - style.textLeft())))
    {
    }

    MessageLayout build()
    {
        placeLinesAbove();
        const int top = m_y;
        const bool failed = m_row.delivery == chat::Delivery::Failed;
        m_y += m_style.px(failed ? 6 : m_row.startsGroup ? 10 : 2);
        placeHead();
        placeText();
        if (failed)
            placeProblem();
        else
            placeState();
        if (m_row.startsGroup)
            m_y = qMax(m_y, m_out.avatar.bottom() + 1);
        m_y += m_style.px(failed ? 6 : 2);
        m_out.message = QRect(0, top, m_width, m_y - top);
        m_out.size = QSize(m_width, m_y);
        return std::move(m_out);
    }

private:
    static int lineHeight(const QFont &font) { return QFontMetrics(font).lineSpacing(); }
    static int advance(const QFont &font, const QString &text)
    {
        return QFontMetrics(font).horizontalAdvance(text);
    }

    void placeLinesAbove();
    void placeHead();
    bool staysAsItWas() const;
    void placeText();
    void placeBodyLines();
    void placeState();
    void placeProblem();

    const MessageRow &m_row;
    const TimelineStyle &m_style;
    MessageLayout *const m_former;
    const int m_width;
    const int m_right;
    const int m_textWidth;
    int m_y = 0;
    MessageLayout m_out;
};

void Builder::placeLinesAbove()
{
    const int left = m_style.side();
    const int caption = lineHeight(m_style.captionStrong);
    if (m_row.dayBreak) {
        m_y += m_style.px(14);
        m_out.day = QRect(left, m_y, m_right - left, caption);
        m_y += caption + m_style.px(4);
    }
    if (m_row.gap) {
        m_y += m_style.px(8);
        const int padding = m_style.px(12);
        const int inner = m_textWidth - 2 * padding - m_style.px(24);
        const QRect words = QFontMetrics(m_style.small)
                                .boundingRect(QRect(0, 0, inner, QWIDGETSIZE_MAX), Qt::TextWordWrap,
                                              MessageWords::gap(m_row));
        m_out.gap = QRect(m_style.textLeft(), m_y, words.width() + 2 * padding + m_style.px(24) + 1,
                          words.height() + m_style.px(16));
        m_y += m_out.gap.height() + m_style.px(4);
    }
    if (m_row.unreadLine) {
        m_y += m_style.px(10);
        m_out.unread = QRect(left, m_y, m_right - left, caption);
        m_y += caption;
    }
}

void Builder::placeHead()
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

/// Whether every line of the former layout ends where it would end now.
bool Builder::staysAsItWas() const
{
    if (m_former == nullptr || m_former->body == nullptr)
        return false;
    if (m_former->text.width() == m_textWidth)
        return true;
    const QTextLayout &body = *m_former->body;
    return body.lineCount() == body.text().count(QChar::LineSeparator) + 1
        && body.maximumWidth() <= m_textWidth && !body.text().isRightToLeft();
}

void Builder::placeText()
{
    if (staysAsItWas()) {
        m_out.body = std::move(m_former->body);
        m_out.links = m_former->links;
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
    QList<QTextLayout::FormatRange> formats;
    for (const auto &link : std::as_const(m_out.links)) {
        QTextCharFormat format;
        format.setFontUnderline(true);
        formats.append({link.start, link.length, format});
    }
    m_out.body->setFormats(formats);
    placeBodyLines();
    m_y += m_out.text.height();
}

/// Lines stand at one distance whatever fonts they borrow (emoji are taller), unless a script needs
/// clearly more.
void Builder::placeBodyLines()
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

void Builder::placeState()
{
    const bool arrived = m_row.isSelf && m_row.delivery == chat::Delivery::Sent && m_row.endsGroup;
    const QString words = MessageWords::state(m_row.delivery);
    if (!arrived && words.isEmpty())
        return;
    const int icon = m_style.px(14);
    const int wanted = arrived ? icon : icon + m_style.px(4) + advance(m_style.caption, words) + 1;
    const int height = qMax(lineHeight(m_style.body), m_style.px(20));
    const int lines = m_out.body->lineCount();
    const QRectF last = lines > 0 ? m_out.body->lineAt(lines - 1).naturalTextRect() : QRectF();
    const int x = m_out.text.left() + qCeil(last.right()) + m_style.px(10);
    const bool fits = x + wanted <= m_right;
    if (arrived) {
        if (fits)
            m_out.check = QRect(x, m_y - height, wanted, height);
        return;
    }
    if (fits) {
        m_out.state = QRect(x, m_y - height, wanted, height);
        return;
    }
    m_out.state = QRect(m_out.text.left(), m_y, wanted, lineHeight(m_style.caption));
    m_y += m_out.state.height();
}

void Builder::placeProblem()
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

} // namespace

MessageLayout::Hit MessageLayout::hit(QPoint position) const
{
    if (retry.contains(position))
        return {Part::Retry, {}};
    if (discard.contains(position))
        return {Part::Discard, {}};
    if (time.contains(position))
        return {Part::Time, {}};
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
    return Builder(row, style, width, former).build();
}

} // namespace parlour::widgets
