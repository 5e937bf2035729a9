// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"

#include <QModelIndex>
#include <QString>

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

    static MessageRow at(const QModelIndex &index);
};

} // namespace parlour::widgets
