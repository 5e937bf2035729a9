// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "log_talk.h"

#include "chat/json_writer.h"
#include "chat/room_log_contract.h"

#include <QRandomGenerator>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using namespace chat;

void talk(RoomLog &log, quint32 seed, int entries)
{
    QRandomGenerator random(seed);
    const auto newId = [&] {
        QByteArray bytes(16, 0);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), 4);
        return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
    };
    const QList<QPair<QString, QByteArray>> said{
        {u"Hello"_s, {}},
        {u"Привет, мир! Ёлка"_s, {}},
        {u"👩‍👩‍👧‍👦 👋🏽"_s, {}},
        {u"two\nlines\r\n\tand a tab"_s, {}},
        {u" \"quotes\" \\ and \u0001\u007f\u2028\uFFFF "_s, {}},
        {u"a"_s + QChar(0) + u"b"_s, {}},
        {u"{\"a\":1}"_s, R"({ "a" : 1.0e2,"b":[null, true], "c":"\u00e9\u0000" })"},
        {u"12345678901234567890"_s, "12345678901234567890"},
        {u"null"_s, " null "},
        {u"spelled"_s, R"("sp\u0065lled")"},
        {QString(4000, u'x'), {}},
    };
    const QStringList emoji{u"👍"_s, u"❤️"_s, u"🇫🇮"_s};
    const QList<Sender> people{
        {u"p-1"_s, u"Ann"_s}, {u"p-2"_s, u"Борис"_s}, {u"django-1a"_s, u"Zoë (Django)"_s}};
    QStringList ids;
    QHash<QString, Sender> senders;
    for (int i = 0; i < entries; ++i) {
        const Sender person = people.at(random.bounded(3));
        const QString origin = person.id == "p-1"_L1 ? QString() : u"fedcba9876543210"_s;
        if (ids.isEmpty() || random.bounded(10) < 5) {
            const auto [text, json] = said.at(random.bounded(int(said.size())));
            Utterance utterance{
                u"general"_s, newId(), person, text, json.isEmpty() ? jsonString(text) : json,
                origin};
            utterance.time = 1'700'000'000'000 + i * 60'000;
            if (random.bounded(3) == 0)
                utterance.reply = ids.isEmpty() ? newId() : ids.at(random.bounded(int(ids.size())));
            senders.insert(utterance.id, person);
            ids.append(utterance.id);
            (void)post(log, utterance);
            continue;
        }
        const QString of = ids.at(random.bounded(int(ids.size())));
        Change change{u"general"_s, newId(), of, senders.value(of)};
        change.kind = random.bounded(4) == 0 ? Change::Kind::Delete
            : random.bounded(2) == 0         ? Change::Kind::Edit
                                             : Change::Kind::React;
        change.text = u"edited %1 – ещё раз"_s.arg(i);
        change.emoji = emoji.at(random.bounded(3));
        change.on = random.bounded(3) > 0;
        change.origin = origin;
        change.time = 1'700'000'000'000 + i * 60'000;
        if (change.kind == Change::Kind::React)
            change.by = person;
        (void)tryToChange(log, change);
    }
}

} // namespace parlour::tests
