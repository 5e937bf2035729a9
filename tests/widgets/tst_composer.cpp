// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/message_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using parlour::widgets::Composer;
using parlour::widgets::MessageEditor;
using parlour::widgets::Theme;

class ComposerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_composer.reset(); }
    void isKnownByItsNames();
    void enterSendsAndEmptiesTheField();
    void shiftEnterStartsALine();
    void blankTextIsNotSent();
    void growsToSixLines();
    void countsCodePointsAndStopsAtTheLimit();
    void keepsTextThatIsTooLong();
    void refusesAHugePasteAndSaysSo();
    void offlineGoesOnWriting();
    void refusalKeepsWhatWasTyped();
    void aSlotMayPutTheTextBack();

private:
    MessageEditor &editor() { return *m_composer->findChild<MessageEditor *>(); }
    QToolButton &send() { return *m_composer->findChild<QToolButton *>(u"send"_s); }
    QString hint() { return m_composer->findChild<QLabel *>(u"hint"_s)->text(); }

    Theme m_theme{*qApp, Theme::Mode::Light};
    std::unique_ptr<Composer> m_composer;
};

void ComposerTest::init()
{
    m_composer = std::make_unique<Composer>(m_theme);
    m_composer->setRoom(u"general"_s);
    m_composer->resize(800, 200);
    m_composer->show();
    m_composer->activateWindow();
    editor().setFocus();
}

void ComposerTest::isKnownByItsNames()
{
    QCOMPARE(editor().accessibleName(), u"Message"_s);
    QCOMPARE(send().accessibleName(), u"Send"_s);
    QCOMPARE(editor().placeholderText(), u"Message general"_s);
}

void ComposerTest::enterSendsAndEmptiesTheField()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClicks(&editor(), u"  hello "_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(sent.count(), 1);
    QCOMPARE(sent.at(0).at(0).toString(), u"  hello"_s);
    QCOMPARE(m_composer->text(), QString());
    m_composer->setText(u"by the button"_s);
    QTest::mouseClick(&send(), Qt::LeftButton);
    QCOMPARE(sent.count(), 2);
}

void ComposerTest::shiftEnterStartsALine()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClicks(&editor(), u"one"_s);
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&editor(), u"two"_s);
    QCOMPARE(sent.count(), 0);
    QTest::keyClick(&editor(), Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(sent.at(0).at(0).toString(), u"one\ntwo"_s);
}

void ComposerTest::blankTextIsNotSent()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    m_composer->setText(u" \n "_s);
    QVERIFY(!send().isEnabled());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(m_composer->text(), u" \n "_s);
}

void ComposerTest::growsToSixLines()
{
    const int one = editor().height();
    m_composer->setText(u"1\n2\n3"_s);
    const int three = editor().height();
    QVERIFY(three > one);
    m_composer->setText(u"1\n2\n3\n4\n5\n6"_s);
    const int six = editor().height();
    QCOMPARE(2 * (six - three), 3 * (three - one));
    m_composer->setText(u"1\n2\n3\n4\n5\n6\n7\n8"_s);
    QCOMPARE(editor().height(), six);
    m_composer->setText(u"words that wrap "_s.repeated(30));
    QVERIFY(editor().height() > one);
    m_composer->setText({});
    QCOMPARE(editor().height(), one);
}

void ComposerTest::countsCodePointsAndStopsAtTheLimit()
{
    m_composer->setText(u"😀"_s.repeated(Composer::MostCodePoints));
    QVERIFY(send().isEnabled());
    QVERIFY(hint().contains(QLocale().toString(4000)));
    m_composer->setText(u"x"_s.repeated(3599));
    QVERIFY(!hint().contains(QLocale().toString(4000)));
    m_composer->setText(u"x"_s.repeated(3600));
    QVERIFY(hint().contains(QLocale().toString(3600)));
}

void ComposerTest::keepsTextThatIsTooLong()
{
    const QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    const QString text = u"😀"_s.repeated(Composer::MostCodePoints + 1);
    m_composer->setText(text);
    QVERIFY(!send().isEnabled());
    QVERIFY(!send().toolTip().isEmpty());
    QVERIFY(hint().contains(u"Shorten"_s));
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(m_composer->text(), text);
}

void ComposerTest::refusesAHugePasteAndSaysSo()
{
    m_composer->setText(u"before"_s);
    QApplication::clipboard()->setText(u"x"_s.repeated(MessageEditor::MostText));
    editor().paste();
    QCOMPARE(m_composer->text(), u"before"_s);
    QVERIFY(hint().contains(u"Too long"_s));
    QApplication::clipboard()->setText(u" after"_s);
    editor().paste();
    QCOMPARE(m_composer->text(), u"before after"_s);
}

void ComposerTest::offlineGoesOnWriting()
{
    m_composer->setOffline(true);
    QVERIFY(editor().placeholderText().contains(u"kept here"_s));
    m_composer->setText(u"later"_s);
    QVERIFY(send().isEnabled());
}

void ComposerTest::refusalKeepsWhatWasTyped()
{
    m_composer->setText(u"typed"_s);
    m_composer->setRefused(u"You cannot write here"_s);
    QVERIFY(!send().isEnabled());
    QVERIFY(editor().isReadOnly());
    QCOMPARE(hint(), u"You cannot write here"_s);
    QCOMPARE(m_composer->text(), u"typed"_s);
    m_composer->setRefused({});
    QVERIFY(send().isEnabled());
    QVERIFY(!editor().isReadOnly());
}

void ComposerTest::aSlotMayPutTheTextBack()
{
    connect(m_composer.get(), &Composer::sendRequested, m_composer.get(),
            [this](const QString &text) { m_composer->setText(text); });
    m_composer->setText(u"kept"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_composer->text(), u"kept"_s);
}

PARLOUR_TEST(ComposerTest)
#include "tst_composer.moc"
