// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Says and hears without end, for a test that kills it: store_writer FILE. Writes the id of each
// message on its standard output once it is taken.
#include "client/client_store.h"
#include "client/host_store.h"

#include <QCoreApplication>
#include <QTimer>
#include <QUuid>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parlour;

namespace {

const QString Workshop = u"workshop"_s;

void say(client::HostStore &store)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    store.addWaiting({Workshop, id, u"said"_s, 1});
    std::puts(qUtf8Printable(id));
    std::fflush(stdout);
}

/// What a host would answer to the first that waits.
void hear(client::HostStore &store)
{
    const auto waiting = store.waiting();
    const auto rooms = store.rooms();
    if (waiting.isEmpty())
        return;
    const qint64 before =
        rooms.isEmpty() || !rooms.first().position ? 0 : rooms.first().position->number;
    const chat::ChatMessage message{
        Workshop, waiting.first().id,  u"e-1"_s, before + 1, {u"p-1"_s, u"Ann"_s},
        1,        waiting.first().text};
    store.keep(Workshop, {message}, chat::Position{message.epoch, message.number});
    store.removeSent(message.id);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    client::StoreLimits limits;
    limits.messagesPerRoom = 1000000;
    const auto opened = client::ClientStore::open(application.arguments().value(1), limits);
    if (!opened)
        return 1;
    client::HostStore store(**opened, u"host:1"_s);
    QTimer turn;
    int turns = 0;
    QObject::connect(&turn, &QTimer::timeout, &store, [&] {
        say(store);
        if (++turns % 4 > 0)
            hear(store);
    });
    turn.start(0);
    return QCoreApplication::exec();
}
