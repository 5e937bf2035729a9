// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// How long a search of a host's file takes: the first page of 50, as SqliteRoomLog answers it.
#include "channels/in_memory_channel_layer.h"
#include "chat/search_words.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parlour;
using chat::RoomLog;
using storage::SqliteRoomLog;

namespace {

constexpr int Rooms = 20; ///< the first has half of all messages
constexpr int Words = 40'000;

/// Few words often, most of them seldom, as people speak.
class Speaker
{
public:
    Speaker()
    {
        const QString letters = u"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ"_s;
        for (int i = 0; i < Words; ++i) {
            QString word;
            for (int length = 2 + int(m_random.bounded(8)); length > 0; --length)
                word += letters.at(int(std::pow(m_random.generateDouble(), 1.7) * 32));
            m_words.append(word);
        }
    }
    QString text()
    {
        QStringList words;
        for (int count = 3 + int(m_random.bounded(14)); count > 0; --count)
            words.append(m_words.at(int(std::pow(double(Words), m_random.generateDouble())) - 1));
        return words.join(u' ');
    }
    QString word(int rank) const { return m_words.at(rank); }

private:
    QRandomGenerator m_random{7};
    QStringList m_words;
};

template <typename IsDone>
void waitUntil(const IsDone &isDone)
{
    while (!isDone())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void fill(SqliteRoomLog &log, Speaker &speaker, int messages)
{
    QObject context;
    int answered = 0;
    for (int i = 0; i < messages; ++i) {
        const int room = i % 2 == 0 ? 0 : i / 2 % Rooms;
        const QString text = i == messages / 50 ? u"needle"_s : speaker.text();
        log.post({u"room %1"_s.arg(room),
                  u"00000000-0000-4000-8000-%1"_s.arg(i, 12, 10, QChar(u'0')),
                  {u"p-1"_s, u"Ann"_s},
                  text,
                  '"' + text.toUtf8() + '"'},
                 &context, [&](const auto &) { ++answered; });
        waitUntil([&] { return i - answered < 5000; });
    }
    waitUntil([&] { return answered == messages; });
}

/// Milliseconds until the first page is there.
double timeOf(SqliteRoomLog &log, const QString &text, const QStringList &rooms, int &found)
{
    RoomLog::Search search{rooms, chat::searchedWords(text).valueOr({}), 0, 50};
    QObject context;
    QElapsedTimer timer;
    timer.start();
    found = 0;
    bool isDone = false;
    const std::function<void()> ask = [&] {
        log.search(search, &context, [&](const channels::Expected<RoomLog::Hits> &hits) {
            found += hits ? int(hits->messages.size()) : 0;
            search.count = 50 - found;
            search.next = hits ? hits->next : 0;
            isDone = search.next == 0 || search.count <= 0;
            if (!isDone)
                ask();
        });
    };
    ask();
    waitUntil([&] { return isDone; });
    return double(timer.nsecsElapsed()) / 1e6;
}

void measure(SqliteRoomLog &log, const Speaker &speaker)
{
    QStringList all;
    for (int i = 0; i < Rooms; ++i)
        all.append(u"room %1"_s.arg(i));
    struct Question {
        const char *what;
        QString text;
        QStringList rooms;
    };
    const QList<Question> questions{
        {"one message of all, old", u"needle"_s, all},
        {"a word that is not there", u"лошадка"_s, all},
        {"a seldom word", speaker.word(30'000), all},
        {"a common word", speaker.word(3), all},
        {"a common and a seldom word", speaker.word(3) + u' ' + speaker.word(5000), all},
        {"a common letter", u"о"_s, all},
        {"a seldom letter", u"ъ"_s, all},
        {"a common word in one room of twenty", speaker.word(3), {u"room 7"_s}},
        {"a seldom word in one room of twenty", speaker.word(30'000), {u"room 7"_s}},
    };
    for (const Question &question : questions) {
        int found = 0;
        std::vector<double> times;
        for (int i = 0; i < 5; ++i)
            times.push_back(timeOf(log, question.text, question.rooms, found));
        std::sort(times.begin(), times.end());
        std::printf("  %-38s %3d found  %8.2f ms\n", question.what, found, times[2]);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int messages = argc > 1 ? QByteArray(argv[1]).toInt() : 100'000;
    const QTemporaryDir folder;
    channels::InMemoryChannelLayer layer;
    const auto store =
        storage::Store::open(folder.filePath(u"parlour.db"_s), {{.messagesPerRoom = 0}});
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    SqliteRoomLog log(**store, layer,
                      {.indexPause = std::chrono::hours(1), .indexDelay = std::chrono::hours(1)});
    Speaker speaker;
    fill(log, speaker, messages);
    std::printf("%d messages in %d rooms; the first 50, median of 5\nbefore they are indexed:\n",
                messages, Rooms);
    measure(log, speaker);
    int steps = 0;
    double longest = 0;
    QElapsedTimer whole;
    whole.start();
    (*store)->thread().runAndWait([&] {
        QElapsedTimer step;
        for (step.start(); (*store)->logs().index().valueOr(false); ++steps)
            longest = std::max(longest, double(step.nsecsElapsed()) / 1e6), step.restart();
    });
    std::printf("indexed in %d steps, %lld ms, the longest %.2f ms; then:\n", steps,
                static_cast<long long>(whole.elapsed()), longest);
    measure(log, speaker);
    return 0;
}
