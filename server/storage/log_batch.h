// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/room_log.h"

#include <QHash>

#include <optional>
#include <variant>

namespace parlour::storage {

using channels::Error;
using channels::Expected;

/// What is written in one transaction.
struct LogBatch {
    /// What is said, or changed; has its time.
    using Content = std::variant<chat::Utterance, chat::Change>;
    struct Entry {
        Content content;
        QString epoch; ///< of the log that it is meant for
        qint64 number = 0; ///< given to it already; 0: it gets one as it is written
    };
    QHash<QString, std::optional<QString>> epochs; ///< by room; nothing: its log ends
    QList<Entry> entries;
    /// Come first: are in the journal with their numbers, and their rooms have heard them, or soon
    /// do.
    QList<Entry> numbered = {};
};

QString roomOf(const LogBatch::Entry &entry);

} // namespace parlour::storage
