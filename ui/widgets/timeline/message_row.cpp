// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_row.h"

#include "models/message_list_model.h"

namespace parlour::widgets {

MessageRow MessageRow::at(const QModelIndex &index)
{
    using Model = models::MessageListModel;
    MessageRow row;
    row.id = index.data(Model::IdRole).toString();
    row.text = index.data(Model::TextRole).toString();
    row.senderId = index.data(Model::SenderIdRole).toString();
    row.senderName = index.data(Model::SenderNameRole).toString();
    row.time = index.data(Model::TimeRole).toLongLong();
    row.isSelf = index.data(Model::IsSelfRole).toBool();
    row.delivery = index.data(Model::DeliveryRole).value<chat::Delivery>();
    row.problem = index.data(Model::ProblemRole).toString();
    row.startsGroup = index.data(Model::StartsGroupRole).toBool();
    row.endsGroup = index.data(Model::EndsGroupRole).toBool();
    row.dayBreak = index.data(Model::DayBreakRole).toBool();
    row.unreadLine = index.data(Model::UnreadLineRole).toBool();
    row.gap = index.data(Model::GapRole).toBool();
    row.gapBelow = index.data(Model::GapBelowRole).toBool();
    if (row.gap)
        row.timeAbove = index.siblingAtRow(index.row() - 1).data(Model::TimeRole).toLongLong();
    row.edited = index.data(Model::EditedRole).toLongLong();
    row.isDeleted = index.data(Model::DeletedRole).toBool();
    if (const QVariant reply = index.data(Model::ReplyRole); reply.isValid())
        row.reply = reply.value<chat::Quote>();
    row.reactions = index.data(Model::ReactionsRole).value<QList<models::ShownReaction>>();
    row.mentions = index.data(Model::MentionsRole).value<QList<chat::Mention>>();
    row.mentionsSelf = index.data(Model::MentionsSelfRole).toBool();
    row.isChanging = index.data(Model::ChangingRole).toBool();
    return row;
}

} // namespace parlour::widgets
