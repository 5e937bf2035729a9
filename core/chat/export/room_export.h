// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame_values.h"

#include <QByteArray>
#include <QString>

/// A room's log outside of its host, as values; docs/export.md says how they are written.
namespace parlour::chat {

enum class ExportFormat { Json, Html, Text };

/// What an export says of all its entries.
struct ExportHead {
    static constexpr int Version = 1; ///< of the JSON format

    QString room;
    QString topic;
    HostInfo host; ///< where it was exported
    QString epoch;
    qint64 first = 1; ///< the numbers of the entries, none left out
    qint64 number = 0; ///< of the last one; one before `first`: there are none
    qint64 time = 0; ///< of the export, ms UTC
    QString note = {}; ///< a sentence for people: what is missing; empty: nothing

    qint64 count() const { return number - first + 1; }

    friend bool operator==(const ExportHead &, const ExportHead &) = default;
};

/// What a number of the log was given to.
struct ExportEntry {
    enum class Kind {
        Message = 0, ///< as it is now
        Edit = 1, ///< changes have the values of chat::Change::Kind
        Delete = 2,
        React = 3,
        Unknown = 4, ///< a change of which a client knows no more than its number
    };

    Kind kind = Kind::Message;
    /// Of a change: number, id, who made it and when; of a reaction its emoji, without people,
    /// unless the message is gone.
    ChatMessage message = {};
    QByteArray json = {}; ///< as Utterance::json; empty: the text says it all
    QString origin = {}; ///< as Utterance::origin
    bool isMissing = false; ///< an Unknown that may be a message as well: nobody here had it
    qint64 target = 0; ///< of a change: the number of the message; it may be gone from the log

    friend bool operator==(const ExportEntry &, const ExportEntry &) = default;
};

} // namespace parlour::chat
