// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/firstrun/recent_hosts.h"

#include "widgets/common/avatar.h"
#include "widgets/common/row_painting.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int AvatarSize = 36;

enum Role { AddressRole = Qt::UserRole };

class HostDelegate final : public QStyledItemDelegate
{
public:
    HostDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem & /*option*/,
                   const QModelIndex & /*index*/) const override
    {
        return {0, m_theme.px(RecentHosts::RowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        paintRowGround(*painter, option.rect, option, m_theme);
        const int size = m_theme.px(AvatarSize);
        const QString title = index.data().toString();
        const QString address = index.data(AddressRole).toString();
        const QRect row = option.rect.adjusted(8, 0, -8, 0);
        paintAvatar(*painter, QRect(row.left(), row.center().y() - size / 2 + 1, size, size),
                    {.id = address, .name = title, .isSquare = true}, m_theme);
        const QRect words = row.adjusted(size + 12, 8, 0, -8);
        paintLine(*painter, words, Qt::AlignTop, title, Theme::Type::Strong);
        paintLine(*painter, words, Qt::AlignBottom, address, Theme::Type::Caption);
    }

private:
    void paintLine(QPainter &painter, const QRect &place, Qt::Alignment alignment,
                   const QString &text, Theme::Type type) const
    {
        const QFont font = m_theme.font(type);
        const Tokens &tokens = m_theme.tokens();
        painter.setFont(font);
        painter.setPen(type == Theme::Type::Caption ? tokens.text2 : tokens.text);
        painter.drawText(place, int(alignment | Qt::AlignLeft),
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, place.width()));
    }

    const Theme &m_theme;
};

} // namespace

RecentHosts::RecentHosts(const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Recent hosts"));
    setModel(&m_model);
    setItemDelegate(new HostDelegate(theme, this));
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListView::clicked, this, &RecentHosts::choose);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        scheduleDelayedItemsLayout();
    });
}

void RecentHosts::setHosts(const QList<RecentHost> &hosts)
{
    m_model.clear();
    for (const RecentHost &host : hosts.first(qMin(hosts.size(), qsizetype(MaxRows)))) {
        auto *item = new QStandardItem(host.title);
        item->setData(host.address, AddressRole);
        item->setData(tr("%1, %2").arg(host.title, host.address), Qt::AccessibleTextRole);
        m_model.appendRow(item);
    }
    updateGeometry();
}

QSize RecentHosts::sizeHint() const
{
    return {0, qMin(m_model.rowCount(), VisibleRows) * m_theme.px(RowHeight)};
}

void RecentHosts::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid()) {
        choose(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

void RecentHosts::choose(const QModelIndex &index)
{
    Q_EMIT joinRequested(index.data(AddressRole).toString());
}

} // namespace parlour::widgets
