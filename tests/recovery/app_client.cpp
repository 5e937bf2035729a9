// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The app without its window, for a test that kills it: app_client ADDRESS FOLDER NAME COUNT. Says
// "NAME 0 ёж" to "NAME COUNT-1 ёж" in general, going on where its store says that it was, and
// changes at random what it said and what others did. Prints "sent ID" for each that the host has
// taken, "gap" where something is lost, for the word "log" on its input what it has, a line each,
// and "end", and for "idle" whether nothing is left to do.
#include "client/client_store.h"
#include "client/host_client.h"
#include "client/host_store.h"
#include "client/identity.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;
using namespace parlour;

namespace {

const QString Room = u"general"_s;
constexpr int Everything = 1000000;
constexpr int MostOnTheirWay = 50;
constexpr int Recent = 20;

void print(const QByteArray &line)
{
    std::puts(line.constData());
    std::fflush(stdout);
}

class Writer final : public QObject
{
public:
    Writer(client::HostClient &client, const QString &name, int count)
        : m_client(client)
        , m_prefix(name + u' ')
        , m_count(count)
        , m_next(firstUnsaid())
    {
        using client::HostClient;
        connect(&client, &HostClient::deliveryChanged, this, &Writer::deliveryChanged);
        connect(&client, &HostClient::history, this, [](const chat::HistoryFrame &frame) {
            if (frame.lost)
                print("gap");
        });
        connect(&client, &HostClient::failed, this, [](const chat::ErrorFrame &error) {
            print("failed " + error.code.toUtf8() + ' ' + error.message.toUtf8());
        });
        connect(&m_turn, &QTimer::timeout, this, &Writer::sayNext);
        m_turn.start(1);
    }

    void tellLog()
    {
        for (const chat::ChatMessage &message : m_client.store()->last(Room, Everything)) {
            QJsonArray reactions;
            for (const chat::Reaction &reaction : message.reactions) {
                for (const chat::Sender &person : reaction.people)
                    reactions.append(QJsonArray{reaction.emoji, person.id});
            }
            const QJsonValue text = message.isDeleted ? QJsonValue() : QJsonValue(message.text);
            print(QJsonDocument(QJsonArray{message.epoch, message.number, message.id.toLower(),
                                           text, message.edited, reactions})
                      .toJson(QJsonDocument::Compact));
        }
        print("end");
    }

    void tellIdle()
    {
        const bool isIdle = m_next == m_count && m_client.store()->waiting().isEmpty();
        print(isIdle ? "idle yes" : "idle no");
    }

private:
    int firstUnsaid()
    {
        int first = 0;
        const auto consider = [&](const QString &text) {
            if (text.startsWith(m_prefix))
                first = std::max(first, text.section(u' ', 1, 1).toInt() + 1);
        };
        for (const chat::ChatMessage &message : m_client.store()->last(Room, Everything))
            consider(message.text);
        for (const auto &entry : m_client.store()->waiting())
            consider(entry.text);
        return first;
    }

    void sayNext()
    {
        if (m_next == m_count || m_client.store()->waiting().size() >= MostOnTheirWay)
            return;
        (void)m_client.say(Room, m_prefix + QString::number(m_next++) + u" ёж"_s);
        changeSomething();
    }

    /// Never the last that was said, by which it is known where to go on.
    void changeSomething()
    {
        auto *random = QRandomGenerator::global();
        QList<chat::ChatMessage> recent = m_client.store()->last(Room, Recent);
        const bool isOver = random->bounded(2) == 0 || recent.size() < 2;
        if (isOver)
            return;
        const chat::ChatMessage message = recent.at(random->bounded(recent.size() - 1));
        const QString more = u' ' + QString::number(random->bounded(1000));
        const bool isOwn = message.text.startsWith(m_prefix);
        const bool isLast = message.text.section(u' ', 1, 1).toInt() >= m_next - 1;
        if (message.isDeleted)
            return;
        if (!isOwn || random->bounded(2) == 0)
            m_client.react(Room, message.id, u"👍"_s, random->bounded(10) < 7);
        else if (isLast || random->bounded(2) == 0)
            m_client.edit(Room, message.id, message.text.section(u' ', 0, 2) + more);
        else
            m_client.remove(Room, message.id);
    }

    void deliveryChanged(const QString &, const QString &id, chat::Delivery delivery,
                         const QString &why)
    {
        if (delivery == chat::Delivery::Sent)
            print("sent " + id.toLower().toUtf8());
        else if (delivery == chat::Delivery::Failed)
            print("failed " + id.toUtf8() + ' ' + why.toUtf8());
    }

    client::HostClient &m_client;
    QString m_prefix;
    int m_count;
    int m_next;
    QTimer m_turn;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const auto address = client::HostAddress::parse(arguments.value(1));
    const QString folder = arguments.value(2) + u'/';
    client::StoreLimits limits;
    limits.messagesPerRoom = Everything;
    const auto store = client::ClientStore::open(folder + u"history.db"_s, limits);
    const auto identity = client::Identity::open(folder + u"identity.pem"_s);
    if (!address || !store || !identity)
        return 1;
    client::ClientOptions options;
    options.name = arguments.value(3);
    options.identity = *identity;
    options.store = store->get();
    options.socket.backoff.first = std::chrono::milliseconds(20); // the line is cut all the time
    options.socket.backoff.most = std::chrono::milliseconds(200);
    client::HostClient client(*address, options);
    client.join(Room);
    client.open();
    Writer writer(client, options.name, arguments.value(4).toInt());

    QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &writer, [&] {
        std::string word;
        if (!std::getline(std::cin, word))
            QCoreApplication::quit();
        else if (word == "log")
            writer.tellLog();
        else if (word == "idle")
            writer.tellIdle();
    });
    return QCoreApplication::exec();
}
