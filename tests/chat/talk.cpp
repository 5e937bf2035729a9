// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "talk.h"

using namespace Qt::StringLiterals;

namespace parlour::tests {

using namespace chat;

namespace {

ChatOptions partsOf(int messages)
{
    ChatOptions options;
    options.historyCount = messages;
    return options;
}

MemoryRoomLogOptions logOf(int messages)
{
    MemoryRoomLogOptions options;
    options.messagesPerRoom = messages;
    return options;
}

QString wordsOf(const HistoryFrame &part)
{
    QString words = u"history"_s;
    for (const ChatMessage &message : part.messages)
        words += u' ' + message.text;
    return words;
}

} // namespace

Talk::Talk(int partSize, int keptMessages)
    : host(partsOf(partSize), {}, logOf(keptMessages))
    , ann(host)
{
    ann.hello(u"Ann"_s);
    epoch = ann.join().epoch;
}

void Talk::say(int count)
{
    for (int i = 0; i < count; ++i)
        ann.say(QString::number(++said));
    ann.drain();
}

QList<qint64> numbersIn(const QList<HistoryFrame> &parts)
{
    QList<qint64> numbers;
    for (const HistoryFrame &part : parts) {
        for (const ChatMessage &message : part.messages)
            numbers.append(message.number);
    }
    return numbers;
}

QList<qint64> numbersFrom(qint64 first, qint64 last)
{
    QList<qint64> numbers;
    for (qint64 number = first; number <= last; ++number)
        numbers.append(number);
    return numbers;
}

QStringList storyOf(V1Client &client)
{
    QStringList story;
    while (!client.socket.receivesNothing()) {
        const ServerFrame frame = client.next();
        if (const auto *part = std::get_if<HistoryFrame>(&frame)) {
            story.append(wordsOf(*part));
            if (part->more && part->after)
                client.askForNextPart(*part);
        } else if (const auto *message = std::get_if<MessageFrame>(&frame)) {
            story.append(u"message "_s + message->message.text);
        } else if (const auto *members = std::get_if<MembersFrame>(&frame)) {
            story.append(members->people ? u"members"_s : u"differences"_s);
        } else if (const auto *error = std::get_if<ErrorFrame>(&frame)) {
            story.append(u"error "_s + error->code);
        } else if (std::holds_alternative<JoinedFrame>(frame)) {
            story.append(u"joined"_s);
        }
    }
    return story;
}

} // namespace parlour::tests
