// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/member_delegate.h"

#include "models/member_list_model.h"
#include "widgets/common/avatar.h"
#include "widgets/common/row_painting.h"
#include "widgets/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

using models::MemberListModel;

namespace {

constexpr int MemberHeight = 44;
constexpr int AvatarSize = 28;

bool isHostHere(const QModelIndex &index)
{
    return index.data(MemberListModel::RoleRole).toString() == "owner"_L1
        && index.data(MemberListModel::HostRole).toString().isEmpty();
}

/// What they may do here, from which host they are, and whether they are away.
QString secondLine(const QModelIndex &index)
{
    const QString role = index.data(MemberListModel::RoleRole).toString();
    QStringList words;
    if (isHostHere(index)) {
        words << MemberDelegate::tr("Host", "role");
    } else if (role == "moderator"_L1) {
        words << MemberDelegate::tr("Moderator");
    } else if (role == "read-only"_L1) {
        words << MemberDelegate::tr("Reads only");
    }
    if (index.data(MemberListModel::AwayRole).toBool()) {
        words << MemberDelegate::tr("Away", "person");
    }
    if (const QString host = index.data(MemberListModel::HostRole).toString(); !host.isEmpty()) {
        words << host;
    }
    return words.join(u" · "_s);
}

} // namespace

MemberDelegate::MemberDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize MemberDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                               const QModelIndex & /*index*/) const
{
    return {0, m_theme.px(MemberHeight)};
}

void MemberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QRect row = option.rect.adjusted(RowSide, 0, -RowSide, 0);
    paintRowGround(*painter, row, option, m_theme);
    paintPerson(*painter, row, index);

    const int avatar = m_theme.px(AvatarSize);
    QRect place = row.adjusted(8 + avatar + 12, 0, -8, 0);
    if (index.data(MemberListModel::ViaRole).toString() == "browser"_L1) {
        const int size = m_theme.px(16);
        painter->drawPixmap(place.right() - size + 1, row.center().y() - size / 2 + 1,
                            m_theme.pixmap(u"globe"_s, m_theme.tokens().text3, size,
                                           painter->device()->devicePixelRatioF()));
        place.adjust(0, 0, -size - 8, 0);
    }
    paintNames(*painter, place, index);
}

void MemberDelegate::paintPerson(QPainter &painter, const QRect &row,
                                 const QModelIndex &index) const
{
    const int size = m_theme.px(AvatarSize);
    const QRect place(row.left() + 8, row.center().y() - size / 2 + 1, size, size);
    paintAvatar(painter, place,
                {.id = index.data(MemberListModel::IdRole).toString(),
                 .name = index.data(MemberListModel::NameRole).toString(),
                 .isSquare = false,
                 .isHere = m_isLive},
                m_theme);
    if (m_isLive) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.tokens().pane, 2));
        const bool isAway = index.data(MemberListModel::AwayRole).toBool();
        painter.setBrush(isAway ? m_theme.tokens().warndot : m_theme.tokens().okdot);
        painter.drawEllipse(place.right() - RowDotSize + 1, place.bottom() - RowDotSize + 1,
                            RowDotSize + 2, RowDotSize + 2);
        painter.restore();
    }
}

void MemberDelegate::paintNames(QPainter &painter, const QRect &place,
                                const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont body = m_theme.font(Theme::Type::Body);
    const QFont caption = m_theme.font(Theme::Type::Caption);
    const QString below = secondLine(index);
    QRect upper = place;
    if (!below.isEmpty()) {
        upper.setBottom(place.center().y() + 2);
        const QRect lower(place.left(), place.center().y() + 1, place.width(),
                          place.height() / 2 - 3);
        painter.setFont(caption);
        painter.setPen(isHostHere(index) && m_isLive ? tokens.acc : tokens.text2);
        painter.drawText(lower, Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(caption).elidedText(below, Qt::ElideRight, lower.width()));
    }
    painter.setFont(body);
    painter.setPen(m_isLive ? tokens.text : tokens.text3);
    const Qt::Alignment nameAlign = below.isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom;
    painter.drawText(upper, int(nameAlign | Qt::AlignLeft),
                     QFontMetrics(body).elidedText(index.data(MemberListModel::NameRole).toString(),
                                                   Qt::ElideRight, place.width()));
}

} // namespace parlour::widgets
