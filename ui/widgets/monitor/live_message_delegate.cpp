// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/live_message_delegate.h"

#include "models/monitor/live_message_model.h"
#include "widgets/monitor/cell_painter.h"

#include <QPainter>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::CellTone;
using models::LiveMessageModel;

LiveColumns::LiveColumns(const Theme &theme, const QRect &row)
{
    const QFontMetrics fixed(theme.font(Theme::Type::Fixed));
    const int gap = theme.px(12);
    const bool hasType = row.width() >= theme.px(820);
    const bool hasTo = row.width() >= theme.px(520);
    std::array<int, Count> widths{
        fixed.horizontalAdvance(u"00:00:00.000"_s) + theme.px(4),
        theme.px(48),
        theme.px(hasTo ? 130 : 90),
        hasTo ? theme.px(hasType ? 170 : 130) : 0,
        hasType ? theme.px(116) : 0,
        hasType ? theme.px(48) : 0,
        0,
    };
    int x = row.x() + theme.px(16);
    for (int column = 0; column < Preview; ++column) {
        const int width = widths.at(std::size_t(column));
        if (width == 0)
            continue;
        places.at(std::size_t(column)) = QRect(x, row.y(), width, row.height());
        x += width + gap;
    }
    places[Preview] = QRect(x, row.y(), std::max(0, row.right() - gap - x), row.height());
}

LiveMessageDelegate::LiveMessageDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize LiveMessageDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                                    const QModelIndex & /*index*/) const
{
    return {m_theme.px(320), m_theme.px(34)};
}

void LiveMessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    painter->save();
    const CellPainter cells(m_theme, m_isStale);
    const Tokens &tokens = m_theme.tokens();
    const auto tone = CellTone(index.data(models::ToneRole).toInt());
    const bool isSkip = index.data(LiveMessageModel::IsSkipRole).toBool();
    cells.row(*painter, option,
              isSkip                      ? tokens.warnsoft
                  : tone == CellTone::Bad ? tokens.badsoft
                                          : tokens.base);
    const LiveColumns columns(m_theme, option.rect);
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFont fixed = m_theme.font(Theme::Type::Fixed);
    const auto draw = [&](LiveColumns::Column column, int role, CellTone ink, const QFont &font) {
        const QRect place = columns.places.at(column);
        if (!place.isNull())
            cells.text(*painter, place, index.data(role).toString(), cells.colour(ink), font,
                       column == LiveColumns::Size ? Qt::AlignRight : Qt::AlignLeft);
    };
    draw(LiveColumns::Time, LiveMessageModel::TimeRole, CellTone::Plain, fixed);
    if (isSkip) {
        QRect rest = option.rect;
        rest.setLeft(columns.places[LiveColumns::Way].left());
        cells.text(*painter, rest, index.data(LiveMessageModel::PreviewRole).toString(),
                   cells.colour(CellTone::Warn), small);
    } else {
        draw(LiveColumns::Way, LiveMessageModel::WayRole, tone, small);
        draw(LiveColumns::From, LiveMessageModel::FromRole, CellTone::Plain, small);
        draw(LiveColumns::To, LiveMessageModel::ToRole, CellTone::Plain, small);
        draw(LiveColumns::Type, LiveMessageModel::TypeRole, CellTone::Quiet, fixed);
        draw(LiveColumns::Size, LiveMessageModel::SizeRole, CellTone::Quiet, small);
        draw(LiveColumns::Preview, LiveMessageModel::PreviewRole, CellTone::Quiet, small);
    }
    painter->restore();
}

LiveMessageHead::LiveMessageHead(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize LiveMessageHead::sizeHint() const
{
    return {m_theme.px(320), m_theme.px(32)};
}

void LiveMessageHead::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.pane);
    painter.fillRect(0, height() - 1, width(), 1, tokens.line);
    const QStringList titles{tr("Time"), tr("Way"),  tr("From"),   tr("To"),
                             tr("Type"), tr("Size"), tr("Preview")};
    const CellPainter cells(m_theme, false);
    const LiveColumns columns(m_theme, rect());
    for (int column = 0; column < LiveColumns::Count; ++column) {
        const QRect place = columns.places.at(std::size_t(column));
        if (!place.isNull())
            cells.text(painter, place, titles.value(column), tokens.text2,
                       m_theme.font(Theme::Type::CaptionStrong),
                       column == LiveColumns::Size ? Qt::AlignRight : Qt::AlignLeft);
    }
}

} // namespace parlour::widgets::monitor
