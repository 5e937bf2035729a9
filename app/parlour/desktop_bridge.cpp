// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// How the desktop app's host shares its rooms: what the person chooses, tries and keeps.
#include "desktop.h"
#include "models/monitor/bridge_model.h"
#include "models/monitor/redis_words.h"
#include "widgets/shell/shell_sheets.h"

namespace parlour {

using widgets::BridgeChoice;
using widgets::MainWindow;
using wiring::RedisTest;
using wiring::SharingChoice;
using namespace Qt::StringLiterals;

namespace {

const QString pubSubLayer = u"redis-pubsub"_s;
const QString coreLayer = u"redis-core"_s;

BridgeChoice shown(const SharingChoice &kept)
{
    BridgeChoice choice;
    choice.isOn = kept.isOn;
    choice.addresses = kept.addresses;
    choice.backend =
        kept.layer == coreLayer ? BridgeChoice::Backend::Core : BridgeChoice::Backend::PubSub;
    choice.prefix = kept.prefix;
    choice.capacity = kept.capacity;
    choice.expiry = static_cast<int>(kept.expiry.count());
    choice.key = kept.key;
    return choice;
}

SharingChoice kept(const BridgeChoice &choice)
{
    SharingChoice sharing;
    sharing.isOn = choice.isOn;
    sharing.addresses = choice.addresses;
    sharing.layer = choice.backend == BridgeChoice::Backend::Core ? coreLayer : pubSubLayer;
    sharing.prefix = choice.prefix;
    sharing.capacity = choice.capacity;
    sharing.expiry = std::chrono::seconds(choice.expiry);
    sharing.key = choice.key;
    return sharing;
}

} // namespace

void Desktop::connectBridge()
{
    showBridge();
    connect(&m_window, &MainWindow::bridgeSaveRequested, this, &Desktop::saveBridge);
    connect(&m_window, &MainWindow::bridgeTestRequested, this, &Desktop::testBridge);
    connect(&m_window, &MainWindow::bridgeTestDropped, &m_redisTest, &RedisTest::cancel);
    connect(
        &m_redisTest, &RedisTest::answered, this,
        [this](std::chrono::microseconds time, int hosts) {
            QString words =
                tr("Connected, %1 ms.").arg(models::BridgeModel::roundTripText(int(time.count())));
            if (hosts == 0)
                words += u' ' + tr("No Parlour host shares its rooms there yet.");
            else if (hosts > 0)
                words += u' ' + tr("%n Parlour host(s) share rooms there now.", nullptr, hosts);
            m_window.sheets().showBridgeTest(true, words);
        });
    connect(&m_redisTest, &RedisTest::failed, this,
            [this](const QString &address, const QString &problem) {
                const QString words = models::redisInOurWords(problem);
                m_window.sheets().showBridgeTest(
                    false,
                    m_testsSeveral ? tr("%1: %2", "address, problem").arg(address, words) : words);
            });
}

void Desktop::showBridge()
{
    const wiring::SharingGiven &given = m_options.sharing;
    const channels::ChannelLayerOptions &layer = m_options.host.layer;
    widgets::BridgeNotes notes;
    notes.isOverruled = given.sharing;
    if (given.capacity)
        notes.capacity = layer.capacity;
    if (given.expiry)
        notes.expiry =
            static_cast<int>(std::chrono::ceil<std::chrono::seconds>(layer.expiry).count());
    m_window.setBridge(shown(m_settings.sharing()), notes);
}

void Desktop::saveBridge(const BridgeChoice &choice)
{
    const SharingChoice sharing = kept(choice);
    if (const auto taken = wiring::sharingOf(sharing); choice.isOn && !taken) {
        m_window.sheets().setProblem(models::redisInOurWords(taken.error().message));
        return;
    }
    m_settings.setSharing(sharing);
    showBridge();
    m_window.sheets().finish();
}

void Desktop::testBridge(const BridgeChoice &choice)
{
    const auto sharing = wiring::sharingOf(kept(choice));
    if (!sharing)
        return m_window.sheets().showBridgeTest(false,
                                                models::redisInOurWords(sharing.error().message));
    m_testsSeveral = sharing->redis.hosts.size() > 1;
    m_redisTest.start(*sharing);
}

} // namespace parlour
