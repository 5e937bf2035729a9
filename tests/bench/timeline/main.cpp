// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What time on the processor the window takes over a room of 100,000 messages, and what it keeps of
// it.
#include "client/client_store.h"
#include "client/host_store.h"
#include "models/message_list_model.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QFile>
#include <QScrollBar>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::MessageListModel;

namespace {

const QString Epoch = u"e-1"_s;
constexpr qint64 Last = 100'000;
constexpr int Tries = 50;
constexpr int Restored = 200; ///< as many as the app takes of its store at first

chat::ChatMessage messageAt(qint64 number)
{
    const qint64 person = number % 11 / 2;
    const QString text = number % 3 == 0 ? u"Доброе утро! Макет обложки готов, страница %1. "_s
                                         : u"Looks lovely, the blue on page %1 prints darker. "_s;
    return {u"general"_s,
            u"m-%1"_s.arg(number),
            Epoch,
            number,
            {u"p-%1"_s.arg(person), u"Person %1"_s.arg(person)},
            1795262460000 + number * 47'000,
            text.arg(number).repeated(1 + int(number % 9))};
}

QList<chat::ChatMessage> messages(qint64 first, qint64 last)
{
    QList<chat::ChatMessage> list;
    for (qint64 number = std::max<qint64>(first, 1); number <= last; ++number)
        list.append(messageAt(number));
    return list;
}

/// What the app keeps of a host: a room of 100,000 messages. (It keeps 5,000 unless told
/// otherwise.)
class Kept
{
public:
    bool fill()
    {
        const auto store = open();
        if (!store)
            return false;
        client::HostStore host(*store, u"studio:8765"_s);
        for (qint64 first = 1; first <= Last; first += 1000) {
            const QList<chat::ChatMessage> some = messages(first, first + 999);
            host.keep(u"general"_s, some, chat::Position{Epoch, some.constLast().number});
            (void)host.rooms(); // which writes them
        }
        return true;
    }

    /// As the app does when it starts.
    void restore(MessageListModel &model) const
    {
        const auto store = open();
        client::HostStore host(*store, u"studio:8765"_s);
        const auto rooms = host.rooms();
        const QList<chat::ChatMessage> last = host.last(rooms.constFirst().state.room, Restored);
        chat::NumberRanges known = host.ranges(u"general"_s, Epoch);
        known.dropBefore(last.constFirst().number);
        for (const chat::NumberRanges::Range &range : known.ranges())
            model.cover(Epoch, range);
        for (const chat::ChatMessage &message : last)
            model.append(message);
        model.setHistory(Epoch, {});
        model.noteHoles();
    }

private:
    std::unique_ptr<client::ClientStore> open() const
    {
        client::StoreLimits limits;
        limits.messagesPerRoom = int(Last);
        auto opened = client::ClientStore::open(m_folder.filePath(u"history.db"_s), limits);
        return opened ? std::move(opened.value()) : nullptr;
    }

    QTemporaryDir m_folder;
};

/// kB of this process in memory.
qint64 memory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
    return 0;
}

class Figures
{
public:
    explicit Figures(widgets::Theme &theme)
        : m_conversation(theme)
    {
        m_conversation.resize(860, 800);
        m_conversation.show();
        draw();
        QObject::connect(&m_model, &MessageListModel::olderWanted, &m_conversation,
                         [this](const QString &, qint64 number) { m_wanted = number; });
    }

    void print()
    {
        m_model.setHistory(Epoch, messages(Last - MessageListModel::MaxRows + 1, Last));
        say("open, 500 rows, at most 150 ms", [this](int) {
            m_conversation.setConversation(&m_other, u"other"_s, {});
            draw();
            return timed([this] { m_conversation.setConversation(&m_model, u"general"_s, {}); });
        });
        openKept();
        say("a message at the end, at most 5 ms", [this](int at) {
            return timed([this, at] { m_model.append(messageAt(Last + 1 + at)); });
        });
        say("another width, at most 100 ms", [this](int at) {
            return timed([this, at] { m_conversation.resize(860 - at % 2 * 60, 800); });
        });
        pageBack();
    }

private:
    /// What is due is laid out and painted.
    static void draw() { QCoreApplication::processEvents(); }

    template <typename Action>
    double timed(Action action)
    {
        const std::clock_t begin = std::clock(); // others may use the machine, too
        action();
        draw();
        return double(std::clock() - begin) * 1e3 / CLOCKS_PER_SEC;
    }

    template <typename Measure>
    static void say(const char *what, Measure measure)
    {
        QList<double> times;
        for (int at = 0; at < Tries; ++at)
            times.append(measure(at));
        tell(what, times);
    }

    static void tell(const char *what, QList<double> times)
    {
        std::sort(times.begin(), times.end());
        std::printf("%-40s %8.2f ms, at worst %8.2f ms\n", what, times.at(times.size() / 2),
                    times.constLast());
    }

    void openKept()
    {
        Kept kept;
        if (!kept.fill())
            return void(std::printf("no store could be made\n"));
        say("open from the store, at most 150 ms", [&](int) {
            m_conversation.setConversation(&m_other, u"other"_s, {});
            draw();
            MessageListModel model;
            const double time = timed([&] {
                kept.restore(model);
                m_conversation.setConversation(&model, u"general"_s, {});
            });
            m_conversation.setConversation(&m_other, u"other"_s, {});
            return time;
        });
        m_conversation.setConversation(&m_model, u"general"_s, {});
    }

    /// To the first message of the room.
    void pageBack()
    {
        widgets::TimelineView &view = m_conversation.timeline();
        QScrollBar &bar = *view.verticalScrollBar();
        QList<double> times;
        int moved = 0;
        qint64 memoryBefore = 0;
        for (int page = 0;; ++page) {
            bar.setValue(page % 2 * 40);
            const auto before = std::exchange(m_wanted, {});
            if (!before)
                break;
            const QPersistentModelIndex top = view.indexAt({20, 0});
            const int place = view.visualRect(top).bottom();
            times.append(timed([&] {
                m_model.addOlder(
                    *before, {Epoch, messages(*before - 100, *before - 1), 0, 0, *before > 101});
            }));
            moved += view.visualRect(top).bottom() != place ? 1 : 0;
            if (page == 20)
                memoryBefore = memory();
        }
        tell("a page of 100 older messages", times);
        std::printf("pages that moved what was read           %d of %d\n", moved,
                    int(times.size()));
        std::printf("rows kept                                %d\n", m_model.rowCount());
        std::printf("memory after 20 pages and after all      %lld and %lld kB\n",
                    static_cast<long long>(memoryBefore), static_cast<long long>(memory()));
    }

    MessageListModel m_model;
    MessageListModel m_other;
    widgets::ConversationView m_conversation;
    std::optional<qint64> m_wanted;
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    widgets::Theme theme(application, widgets::Theme::Mode::Light);
    Figures(theme).print();
    return 0;
}
