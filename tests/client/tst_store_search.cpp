// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/host_store.h"
#include "client/store_search.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostStore;
using parlour::client::StoreSearch;

/// What is kept is searched without the host.
class StoreSearchTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ClientStore> m_file;
    std::unique_ptr<HostStore> m_store;

    void keep(const QString &room, qint64 number, const QString &text)
    {
        const ChatMessage message{room,   room + QString::number(number), u"e-1"_s,
                                  number, {u"p-ann"_s, u"Ann"_s},         1000 + number,
                                  text};
        m_store->keep(room, {message});
    }
    static QStringList idsOf(const QVariant &found)
    {
        QStringList ids;
        for (const ChatMessage &message : found.value<QList<ChatMessage>>())
            ids.append(message.id);
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        m_file = ClientStore::open(m_folder.filePath(u"store.db"_s)).value();
        m_store = std::make_unique<HostStore>(*m_file, u"127.0.0.1:1"_s);
    }

    void cleanup()
    {
        m_store.reset();
        m_file.reset();
        QFile::remove(m_folder.filePath(u"store.db"_s));
    }

    void theWordsAreFoundNewestFirst()
    {
        for (int number = 1; number <= 450; ++number)
            keep(u"hall"_s, number, number % 200 == 0 ? u"Ёжик %1"_s.arg(number) : u"anything"_s);
        keep(u"den"_s, 1, u"ежик"_s);
        StoreSearch search(*m_store, {u"hall"_s}, {u"ежик"_s});
        QSignalSpy paged(&search, &StoreSearch::paged);
        search.next();
        QVERIFY2(paged.isEmpty(), "not in the same turn");
        QTRY_COMPARE(paged.size(), 1);
        QCOMPARE(idsOf(paged.first().at(0)), (QStringList{u"hall400"_s, u"hall200"_s}));
        QVERIFY(!paged.first().at(1).toBool());
    }

    void allRoomsAreSearchedPageByPage()
    {
        for (int number = 1; number <= 300; ++number) {
            keep(u"hall"_s, number, u"ёжик"_s);
            keep(u"den"_s, number, u"nothing of it"_s);
        }
        keep(u"den"_s, 301, u"Ежик"_s);
        StoreSearch search(*m_store, {u"hall"_s, u"den"_s}, {u"ежик"_s});
        QSignalSpy paged(&search, &StoreSearch::paged);
        QStringList ids;
        do {
            const auto before = paged.size();
            search.next();
            QTRY_COMPARE(paged.size(), before + 1);
            ids += idsOf(paged.last().at(0));
        } while (paged.last().at(1).toBool());
        QCOMPARE(ids.size(), 301);
        QVERIFY(paged.size() > 1);
    }

    void nothingIsFoundWhereTheStoreEnded()
    {
        keep(u"hall"_s, 1, u"ежик"_s);
        StoreSearch search(*m_store, {u"hall"_s}, {u"ежик"_s});
        QSignalSpy paged(&search, &StoreSearch::paged);
        search.next();
        m_store.reset();
        QTRY_COMPARE(paged.size(), 1);
        QVERIFY(idsOf(paged.first().at(0)).isEmpty());
    }
};

PARLOUR_TEST(StoreSearchTest)
#include "tst_store_search.moc"
