// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frame_values.h"
#include "chat/mentions.h"
#include "models/shown_reaction.h"

#include <QModelIndex>
#include <QString>

#include <optional>

namespace parlour::widgets {

/// What one row of a MessageListModel says, read once.
struct MessageRow {
    QString id;
    QString text;
    QString senderId;
    QString senderName;
    qint64 time = 0; ///< ms UTC
    qint64 timeAbove = 0; ///< ms UTC of the row above; 0: none
    bool isSelf = false;
    chat::Delivery delivery = chat::Delivery::Received;
    QString problem; ///< why it was not sent
    bool startsGroup = true;
    bool endsGroup = true;
    bool dayBreak = false;
    bool unreadLine = false;
    bool gap = false;
    bool gapBelow = false;
    qint64 edited = 0; ///< ms UTC; 0: never
    bool isDeleted = false;
    std::optional<chat::Quote> reply = {};
    QList<models::ShownReaction> reactions = {};
    QList<chat::Mention> mentions = {};
    bool mentionsSelf = false;
    bool isChanging = false;

    static MessageRow at(const QModelIndex &index);
};

} // namespace parlour::widgets
