// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/section_list.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;

namespace {

constexpr int IconRole = Qt::UserRole + 1;
constexpr int CountRole = Qt::UserRole + 2;
constexpr int StateRole = Qt::UserRole + 3; ///< a CellTone; Plain: no dot
constexpr int WideWidth = 200;
constexpr int IconsWidth = 56;
constexpr int WordsWidth = 120; ///< from it on there is more than an icon

class SectionDelegate final : public QStyledItemDelegate
{
public:
    SectionDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem & /*option*/,
                   const QModelIndex & /*index*/) const override
    {
        return {m_theme.px(40), m_theme.px(36)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tokens &tokens = m_theme.tokens();
        const bool isOn = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = QRectF(option.rect).adjusted(8, 0.5, -8, -0.5);
        painter->setPen(Qt::NoPen);
        if (isOn || (option.state & QStyle::State_MouseOver)) {
            painter->setBrush(isOn ? tokens.sel : tokens.hover);
            painter->drawRoundedRect(row, 6, 6);
        }
        if ((option.state & QStyle::State_HasFocus)
            && (option.state & QStyle::State_KeyboardFocusChange)) {
            painter->setPen(QPen(tokens.acc, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), 6, 6);
        }
        const int side = m_theme.px(20);
        const QColor ink = isOn ? tokens.acc : tokens.text2;
        painter->drawPixmap(option.rect.x() + m_theme.px(18),
                            option.rect.center().y() - side / 2 + 1,
                            m_theme.pixmap(index.data(IconRole).toString(), ink, side,
                                           painter->device()->devicePixelRatioF()));
        if (option.rect.width() >= m_theme.px(WordsWidth))
            drawWords(*painter, option.rect, index, isOn);
        drawState(*painter, option.rect, models::CellTone(index.data(StateRole).toInt()));
        painter->restore();
    }

private:
    /// At the end of the row; where there are icons alone, at the icon.
    void drawState(QPainter &painter, const QRect &row, models::CellTone tone) const
    {
        if (tone == models::CellTone::Plain)
            return;
        const Tokens &tokens = m_theme.tokens();
        const qreal size = m_theme.px(8);
        const bool isWide = row.width() >= m_theme.px(WordsWidth);
        const QPointF centre(isWide ? row.right() + 1 - m_theme.px(20) - size / 2
                                    : row.x() + m_theme.px(37),
                             row.center().y() + (isWide ? 1 : m_theme.px(8)));
        painter.setPen(Qt::NoPen);
        painter.setBrush(tone == models::CellTone::Good       ? tokens.okdot
                             : tone == models::CellTone::Warn ? tokens.warndot
                                                              : tokens.idle);
        painter.drawEllipse(centre, size / 2, size / 2);
    }

    void drawWords(QPainter &painter, const QRect &row, const QModelIndex &index, bool isOn) const
    {
        const Tokens &tokens = m_theme.tokens();
        QRect place = row.adjusted(m_theme.px(52), 0, -m_theme.px(20), 0);
        painter.setFont(m_theme.font(Theme::Type::Caption));
        painter.setPen(isOn ? tokens.text2 : tokens.text3);
        const QString count = index.data(CountRole).toString();
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, count);
        place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(count)
                       - m_theme.px(8));
        painter.setFont(m_theme.font(isOn ? Theme::Type::Strong : Theme::Type::Body));
        painter.setPen(isOn ? tokens.text : tokens.text2);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                          place.width()));
    }

    const Theme &m_theme;
};

} // namespace

SectionList::SectionList(const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
    , m_sections(new QStandardItemModel(this))
{
    setAccessibleName(tr("Sections"));
    const auto add = [this](const QString &name, const QString &icon) {
        auto *item = new QStandardItem(name);
        item->setData(icon, IconRole);
        item->setToolTip(name);
        item->setEditable(false);
        m_sections->appendRow(item);
    };
    add(tr("Overview"), u"grid"_s);
    add(tr("Channels"), u"list"_s);
    add(tr("Groups"), u"layers"_s);
    add(tr("Connections"), u"plug"_s);
    add(tr("Messages"), u"tap"_s);
    add(tr("Redis bridge"), u"db"_s);
    setModel(m_sections);
    setItemDelegate(new SectionDelegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCurrentIndex(m_sections->index(0, 0));
    setNarrow(false);
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
}

Section SectionList::section() const
{
    return Section(std::max(0, currentIndex().row()));
}

void SectionList::setSection(Section section)
{
    setCurrentIndex(m_sections->index(int(section), 0));
}

void SectionList::setCount(Section section, const QString &count)
{
    QStandardItem *item = m_sections->item(int(section));
    if (item->data(CountRole).toString() != count)
        item->setData(count, CountRole);
}

void SectionList::setState(Section section, models::CellTone tone, const QString &words)
{
    QStandardItem *item = m_sections->item(int(section));
    if (item->data(StateRole).toInt() == int(tone) && item->accessibleDescription() == words)
        return;
    item->setData(int(tone), StateRole);
    item->setAccessibleDescription(words);
    item->setToolTip(words.isEmpty() ? item->text() : tr("%1: %2").arg(item->text(), words));
}

void SectionList::setNarrow(bool isNarrow)
{
    setFixedWidth(m_theme.px(isNarrow ? IconsWidth : WideWidth));
}

void SectionList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT sectionChanged(section());
}

// Assistive programs select where a mouse or a key makes current.
void SectionList::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QListView::selectionChanged(selected, deselected);
    const QModelIndexList rows = selected.indexes();
    if (!rows.isEmpty() && rows.constFirst() != currentIndex())
        setCurrentIndex(rows.constFirst());
}

void SectionList::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), m_theme.tokens().side);
    }
    QListView::paintEvent(event);
}

} // namespace parlour::widgets::monitor
