// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat_host.h"

/// What is said in a room of a host in tests, and what clients get of it.
namespace parlour::tests {

/// Ann of a host whose log is long and whose parts are short, in "general".
struct Talk {
    explicit Talk(int partSize = 5, int keptMessages = 5000);

    /// Says the next so many numbers.
    void say(int count);

    ChatHost host;
    V1Client ann;
    QString epoch;
    int said = 0;
};

QList<qint64> numbersIn(const QList<chat::HistoryFrame> &parts);
QList<qint64> numbersFrom(qint64 first, qint64 last);

/// What a client gets until nothing more comes, in words: "history 3 4", "message 5", "members".
/// It asks for each next part at once.
QStringList storyOf(V1Client &client);

} // namespace parlour::tests
