// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace parlour::client {

/// Asks a host to search, one search after the other, which is what a host answers. What was asked
/// for last goes next; what waited before it is dropped, since somebody types on. All signals but
/// due() come in a later turn than the call of ask().
class SearchAsker : public QObject
{
    Q_OBJECT
public:
    /// `answerTimeout`: how long a search may go unanswered before it fails.
    SearchAsker(std::chrono::milliseconds answerTimeout, QObject *parent);

    /// Takes a search, whose id it returns.
    QString ask(chat::SearchFrame search);
    /// The link is lost: what is not answered fails.
    void suspend();

    /// The host's answer. Ignored where it is none to the search that is on its way.
    void take(const chat::FoundFrame &answer);
    /// Whether it was that search that the host did not do. One that came too fast is asked again.
    bool refuse(const chat::ErrorFrame &error);

Q_SIGNALS:
    void due(const parlour::chat::SearchFrame &search);
    void found(const parlour::chat::FoundFrame &answer);
    /// With the id of the search, and what to do in words.
    void failed(const parlour::chat::ErrorFrame &error);

private:
    void askNext();
    void fail(const chat::SearchFrame &search, const QString &code, const QString &why);

    std::optional<chat::SearchFrame> m_asked; ///< on its way
    std::optional<chat::SearchFrame> m_waiting;
    QTimer m_answer;
    QTimer m_pause;
};

} // namespace parlour::client
