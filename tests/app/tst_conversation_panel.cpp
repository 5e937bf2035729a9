// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "conversation_panel.h"
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/shell/main_window.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/message_editor.h"
#include "wiring/settings.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using tests::FakeHost;
using widgets::ConversationView;

namespace {

constexpr int Patience = 30000;
const QString Hall = u"hall"_s;
const QString Den = u"den"_s;

/// The window with one host, where a person is in two rooms.
struct Stage {
    Stage()
    {
        host.keep(Hall, u"m-1"_s, u"helo"_s);
        settings.setJoinedRooms(host.address().display(), {Hall, Den});
        session =
            std::make_unique<HostSession>(host.address(), tests::quickOptions(), tree, settings);
        QObject::connect(session.get(), &HostSession::changeFailed, &panel,
                         [this](const QString &room, const QString &why) {
                             panel.changeFailed(*session, room, why);
                         });
        session->client().open();
    }
    ~Stage() { panel.show(nullptr); }

    bool isIn() const
    {
        const auto isHere = [this] {
            return session->room(Den) && session->room(Hall)
                && !session->room(Hall)->messages().lastOwnId().isEmpty();
        };
        return QTest::qWaitFor(isHere, Patience);
    }
    /// From now on.
    void refuseEdits()
    {
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1] != "edit"_L1)
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"not_logged"_s},
                       {u"message"_s, u"The disk is full."_s},
                       {u"room"_s, frame["room"_L1]},
                       {u"id"_s, frame["id"_L1]}});
        });
    }
    ConversationView &view() { return *window.findChild<ConversationView *>(); }
    widgets::Composer &composer() { return view().composer(); }
    void press(Qt::Key key) { QTest::keyClick(view().findChild<widgets::MessageEditor *>(), key); }

    QTemporaryDir folder;
    wiring::Settings settings{folder.filePath(u"parlour.ini"_s)};
    widgets::Theme theme{*qApp};
    models::RoomTreeModel tree;
    widgets::MainWindow window{theme};
    ConversationPanel panel{theme, window};
    FakeHost host;
    std::unique_ptr<HostSession> session;
};

} // namespace

/// What a person writes stays with its room until it is sent.
class ConversationPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefusedEditIsOfferedWhereItWasWritten()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.refuseEdits();
        stage.panel.show(stage.session.get(), Den);
        const QSignalSpy failed(stage.session.get(), &HostSession::changeFailed);
        stage.session->client().edit(Hall, u"m-1"_s, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QCOMPARE(stage.composer().text(), QString());
        stage.panel.show(stage.session.get(), Hall);
        QCOMPARE(stage.composer().text(), u"hello"_s);
        const QSignalSpy edits(&stage.view(), &ConversationView::editRequested);
        stage.press(Qt::Key_Return);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits.first(), (QVariantList{u"m-1"_s, u"hello"_s}));
    }

    void aRefusedEditDoesNotTakeThePlaceOfAnother()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.refuseEdits();
        stage.panel.show(stage.session.get(), Hall);
        stage.view().startEdit(u"m-2"_s, u"another"_s);
        const QSignalSpy failed(stage.session.get(), &HostSession::changeFailed);
        stage.session->client().edit(Hall, u"m-1"_s, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QCOMPARE(stage.composer().text(), u"another"_s);
        stage.composer().cancel();
        stage.panel.show(stage.session.get(), Den);
        stage.panel.show(stage.session.get(), Hall);
        QCOMPARE(stage.composer().text(), u"hello"_s);
    }

    void anEditGoesOnAfterALookElsewhere()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.panel.show(stage.session.get(), Hall);
        stage.press(Qt::Key_Up);
        QCOMPARE(stage.composer().text(), u"helo"_s);
        stage.composer().setText(u"hello"_s);
        stage.panel.show(stage.session.get(), Den);
        QCOMPARE(stage.composer().text(), QString());
        stage.panel.show(stage.session.get(), Hall);
        QCOMPARE(stage.composer().text(), u"hello"_s);
        QCOMPARE(stage.composer().draft(), QString());
        stage.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(stage.host.received(u"edit"_s).size(), 1, Patience);
        stage.panel.show(stage.session.get(), Den);
        stage.panel.show(stage.session.get(), Hall);
        QVERIFY(stage.composer().isFree());
    }

    void anEditThatWaitsCanBeTakenBack()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.panel.show(stage.session.get(), Hall);
        stage.host.vanish();
        QTRY_VERIFY_WITH_TIMEOUT(stage.session->client().link().state != chat::LinkState::Online,
                                 Patience);
        stage.session->client().edit(Hall, u"m-1"_s, u"hello"_s);
        stage.press(Qt::Key_Up);
        QCOMPARE(stage.composer().text(), u"hello"_s);
        stage.composer().setText(u"helo"_s); // as it was
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.session->client().editedText(u"m-1"_s), u"helo"_s);
        stage.host.start();
        QTRY_COMPARE_WITH_TIMEOUT(stage.host.received(u"edit"_s).size(), 2, Patience);
        QCOMPARE(stage.host.received(u"edit"_s).constLast()["text"_L1].toString(), u"helo"_s);
    }

    void whatIsTypedIsADraftAtOnce()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.panel.show(stage.session.get(), Hall);
        const auto hasDraft = [&stage] {
            return stage.tree.indexOf(stage.session->id(), Hall)
                .data(models::RoomTreeModel::DraftRole)
                .toBool();
        };
        QVERIFY(!hasDraft());
        stage.press(Qt::Key_H);
        QVERIFY(hasDraft());
        stage.press(Qt::Key_Backspace);
        QVERIFY(!hasDraft());
    }

    void whatAHostRefusesIsToldWhereverOneLooks()
    {
        Stage stage;
        QVERIFY(stage.isIn());
        stage.refuseEdits();
        stage.panel.show(nullptr);
        const QSignalSpy failed(stage.session.get(), &HostSession::changeFailed);
        stage.session->client().edit(Hall, u"m-1"_s, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QStringList texts;
        const auto labels = stage.view().findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        QVERIFY2(texts.contains(u"hall: The disk is full."_s), qPrintable(texts.join(u'|')));
    }
};

PARLOUR_TEST(ConversationPanelTest)
#include "tst_conversation_panel.moc"
