// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_name_router.h"
#include "channels/protocol_type_router.h"
#include "support/runner.h"

#include <QObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

class Clerk final : public Instance
{
public:
    Clerk(const Scope &, const Send &, const char *name, QStringList *seen)
        : m_name(QString::fromLatin1(name))
        , m_seen(seen)
    {
    }
    void receive(const ClientEvent &event) override
    {
        m_seen->append(m_name + u':' + std::get<ChannelReceive>(event).message.type());
    }

private:
    QString m_name;
    QStringList *m_seen;
};

} // namespace

class ChannelNameRouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesByTheChannelsName()
    {
        QStringList seen;
        const Application application = ProtocolTypeRouter({
            {"channel",
             ChannelNameRouter({{"thumbnails", asApplication<Clerk>("painter", &seen)},
                                {"mail", asApplication<Clerk>("postman", &seen)}})},
        });
        Scope scope;
        scope.type = u"channel"_s;
        for (const auto &name : {u"mail"_s, u"thumbnails"_s}) {
            scope.channel = name;
            application(scope, Send())->receive(ChannelReceive{Message(u"go"_s)});
        }
        QCOMPARE(seen, (QStringList{u"postman:go"_s, u"painter:go"_s}));
    }

    void anUnknownChannelIsLoggedAndHarmsNobody()
    {
        Scope scope;
        scope.type = u"channel"_s;
        scope.channel = u"nowhere"_s;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the channel nowhere"_s));
        const auto instance = ChannelNameRouter({})(scope, Send());
        QVERIFY(instance);
        instance->receive(ChannelReceive{Message(u"go"_s)});
    }
};

PARLOUR_TEST(ChannelNameRouterTest)
#include "tst_channel_name_router.moc"
