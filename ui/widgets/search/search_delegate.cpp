// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/search/search_delegate.h"

#include "models/search_result_model.h"
#include "widgets/common/row_painting.h"
#include "widgets/timeline/message_words.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

using models::SearchResultModel;

namespace {

constexpr int Padding = 8; ///< px of the design within the ground of a row
constexpr int MostLines = 3;
constexpr qsizetype Before = 40; ///< what is shown before the first word that was found
constexpr qsizetype Most = 300; ///< what is laid out

struct Excerpt {
    QString text;
    QList<chat::TextRange> ranges;
};

/// The part of a text that has the first of the words.
Excerpt excerptOf(const QModelIndex &index)
{
    const QString text = index.data(SearchResultModel::TextRole).toString();
    const auto ranges = index.data(SearchResultModel::RangesRole).value<QList<chat::TextRange>>();
    qsizetype from = 0;
    if (!ranges.isEmpty() && ranges.constFirst().begin > 2 * Before) {
        from = ranges.constFirst().begin - Before;
        const qsizetype space = text.indexOf(u' ', from);
        if (space >= 0 && space < ranges.constFirst().begin)
            from = space + 1;
        else if (text.at(from).isLowSurrogate())
            ++from;
    }
    const QString lead = from > 0 ? u"… "_s : QString();
    Excerpt excerpt{lead + text.mid(from, Most), {}};
    for (QChar &letter : excerpt.text)
        if (letter == u'\n' || letter == QChar::Tabulation)
            letter = u' ';
    const qsizetype shift = lead.size() - from;
    for (const chat::TextRange &range : ranges)
        if (range.begin + shift < excerpt.text.size())
            excerpt.ranges.append({range.begin + shift, range.end + shift});
    return excerpt;
}

QString whenOf(const QModelIndex &index)
{
    const qint64 time = index.data(SearchResultModel::TimeRole).toLongLong();
    const QDate day = QDateTime::fromMSecsSinceEpoch(time).date();
    return day == QDate::currentDate() ? MessageWords::time(time)
                                       : QLocale().toString(day, QLocale::ShortFormat);
}

} // namespace

SearchDelegate::SearchDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int SearchDelegate::lineHeight(Theme::Type type) const
{
    return QFontMetrics(m_theme.font(type)).lineSpacing();
}

int SearchDelegate::headHeight(const QModelIndex &index) const
{
    const bool hasPlace = !index.data(SearchResultModel::PlaceRole).toString().isEmpty();
    return lineHeight(Theme::Type::Small) + (hasPlace ? lineHeight(Theme::Type::Caption) : 0) + 2;
}

/// Its height.
qreal SearchDelegate::layOutText(QTextLayout &layout, const QModelIndex &index, int width) const
{
    const Excerpt excerpt = excerptOf(index);
    layout.setText(excerpt.text);
    layout.setFont(m_theme.font(Theme::Type::Small));
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    QList<QTextLayout::FormatRange> marks;
    for (const chat::TextRange &range : excerpt.ranges) {
        QTextCharFormat mark;
        mark.setBackground(m_theme.tokens().mentrow);
        mark.setForeground(m_theme.tokens().text);
        mark.setFontWeight(QFont::DemiBold);
        marks.append({int(range.begin), int(range.end - range.begin), mark});
    }
    layout.setFormats(marks);
    layout.beginLayout();
    qreal height = 0;
    for (int lines = 0; lines < MostLines; ++lines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(std::max(width, 1));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QWidget *>(option.widget);
    const int width = view != nullptr ? view->width() : option.rect.width();
    QTextLayout layout;
    const qreal text = layOutText(layout, index, width - 2 * (RowSide + Padding) - m_theme.px(12));
    return {0, headHeight(index) + qCeil(text) + 2 * Padding};
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QRect row = option.rect.adjusted(RowSide, 0, -RowSide, 0);
    paintRowGround(*painter, row, option, m_theme);
    const QRect place = row.adjusted(Padding, Padding, -Padding, -Padding);
    paintHead(*painter, place, index);
    QTextLayout layout;
    const auto *view = qobject_cast<const QWidget *>(option.widget);
    const int width = view != nullptr ? view->width() : option.rect.width();
    layOutText(layout, index, width - 2 * (RowSide + Padding) - m_theme.px(12));
    painter->setPen(m_theme.tokens().text);
    layout.draw(painter, QPointF(place.left(), place.top() + headHeight(index)));
}

void SearchDelegate::paintHead(QPainter &painter, QRect place, const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont caption = m_theme.font(Theme::Type::Caption);
    const QString where = index.data(SearchResultModel::PlaceRole).toString();
    painter.setFont(caption);
    if (!where.isEmpty()) {
        painter.setPen(tokens.text2);
        painter.drawText(
            place, Qt::TextSingleLine | Qt::AlignTop,
            QFontMetrics(caption).elidedText(u"# "_s + where, Qt::ElideRight, place.width()));
        place.setTop(place.top() + lineHeight(Theme::Type::Caption));
    }
    place.setHeight(lineHeight(Theme::Type::Small));
    const QString when = whenOf(index);
    painter.setPen(tokens.text3);
    painter.drawText(place, Qt::TextSingleLine | Qt::AlignVCenter | Qt::AlignRight, when);
    place.setRight(place.right() - QFontMetrics(caption).horizontalAdvance(when) - m_theme.px(8));
    QFont name = m_theme.font(Theme::Type::Small);
    name.setWeight(QFont::DemiBold);
    painter.setFont(name);
    painter.setPen(tokens.text);
    painter.drawText(
        place, Qt::TextSingleLine | Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(name).elidedText(index.data(SearchResultModel::SenderNameRole).toString(),
                                      Qt::ElideRight, place.width()));
}

} // namespace parlour::widgets
