// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/error_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace parlour::client {

namespace {

constexpr const char *Context = "parlour::client::ErrorWords";

struct ErrorWords {
    const char *code;
    const char *sentence;
    const char *cause = ""; ///< the sentence is of this one alone
};

constexpr std::array Known{
    ErrorWords{"bad_name",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "This name cannot be used. It has 1 to 40 characters, none of "
                                 "them invisible, and does not look like that of somebody here.")},
    ErrorWords{"bad_proof",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The host did not believe that your key is yours.")},
    ErrorWords{"bad_room",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "This is no name for a room. It has 1 to 200 characters, no "
                                 "slash, and no space at either end.")},
    ErrorWords{"bad_topic",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "This topic cannot be used. It has at most 200 characters, none "
                                 "of them invisible.")},
    ErrorWords{
        "wrong_room",
        QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "This connection is for another room.")},
    ErrorWords{
        "room_exists",
        QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "There is a room of this name already.")},
    ErrorWords{"too_many_rooms",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "There are too many rooms, of the host or of yours. Leave one "
                                 "that you do not need.")},
    ErrorWords{"too_many_links",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "Too many links wait at this host to be used. Try again in a few "
                                 "minutes.")},
    ErrorWords{"not_a_member",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "You are not in this room. Join it first.")},
    ErrorWords{"not_allowed",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "You may not do this here. The host's owner may.")},
    ErrorWords{"bad_text",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "The message is empty.")},
    ErrorWords{"text_too_long",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The message is too long: 4,000 characters fit. Send it in "
                                 "parts.")},
    ErrorWords{
        "no_such_message",
        QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "The message is not there any more.")},
    ErrorWords{"bad_emoji", QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "This is no emoji.")},
    ErrorWords{"too_many_reactions",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "There are too many reactions to this message.")},
    ErrorWords{"bad_search",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "Type a word to search for, of letters or digits. 10 words and "
                                 "200 characters fit.")},
    ErrorWords{"out_of_turn",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The host is still busy with what it was asked before. Try "
                                 "again.")},
    ErrorWords{"not_read",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The host could not read what was said. Try again later.")},
    ErrorWords{"too_fast",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "Too many messages at once. Wait a few seconds.")},
    ErrorWords{"host_full",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The host has no place for another person. Try again in a "
                                 "minute.")},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "The host could not keep the message, so it was not said. Try "
                                 "again.")},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: the host's disk is full. Tell its owner."),
               "disk_full"},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: another program on the host's computer keeps "
                                 "the history locked. Try again."),
               "locked"},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: the host may not write its history. Tell its "
                                 "owner."),
               "read_only"},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: the host's history is damaged. Tell its owner."),
               "corrupt"},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: the host's disk does not keep up. Try again in "
                                 "a moment."),
               "too_slow"},
    ErrorWords{
        "not_logged",
        QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "It was not said: the room was closed."),
        "closed"},
    ErrorWords{"not_logged",
               QT_TRANSLATE_NOOP("parlour::client::ErrorWords",
                                 "It was not said: the host cannot read or write its history. Tell "
                                 "its owner."),
               "unreadable"},
    ErrorWords{
        "no_connection",
        QT_TRANSLATE_NOOP("parlour::client::ErrorWords", "This connection is not open any more.")},
};

const ErrorWords *wordsOf(const QString &code, const QString &cause)
{
    const auto known = std::find_if(Known.begin(), Known.end(), [&](const ErrorWords &words) {
        return code == QLatin1String(words.code) && cause == QLatin1String(words.cause);
    });
    return known == Known.end() ? nullptr : &*known;
}

} // namespace

chat::ErrorFrame inOurWords(chat::ErrorFrame error)
{
    const ErrorWords *ofCause = wordsOf(error.code, error.cause);
    const ErrorWords *known = ofCause != nullptr ? ofCause : wordsOf(error.code, {});
    if (known == nullptr)
        return error;
    const QString sentence = QCoreApplication::translate(Context, known->sentence);
    if (sentence != QString::fromUtf8(known->sentence))
        error.message = sentence;
    return error;
}

} // namespace parlour::client
