// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"
#include "widgets/host/bridge_choice.h"
#include "widgets/host/hidden_passwords.h"

class QBoxLayout;
class QCheckBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;
class QVBoxLayout;

namespace parlour::widgets {

/// Asks how to share the rooms, and lets the connection be tried before it is kept. Stays open
/// until the app accepts or says a problem.
class BridgeSheet final : public Sheet
{
    Q_OBJECT
public:
    BridgeSheet(const Theme &theme, const BridgeChoice &before, const BridgeNotes &notes);

    /// The answer to testRequested(), in place; for another choice than the shown one it is
    /// dropped.
    void showTest(bool isGood, const QString &sentence);
    BridgeChoice choice() const;

    void setProblem(const QString &sentence) override;

Q_SIGNALS:
    void testRequested(const parlour::widgets::BridgeChoice &choice);
    /// Nobody waits for the answer any more.
    void testDropped();
    void saveRequested(const parlour::widgets::BridgeChoice &choice);

private:
    void addSwitch(bool isOn);
    void addAddress();
    void addBackend(BridgeChoice::Backend backend);
    void addLimits();
    void addKey(const QString &key);
    void addNotes();
    void addButtons();
    void addField(const QString &caption, QWidget &field, QBoxLayout &column);
    QWidget *makeBackend(QRadioButton &button, const QString &className);
    void test();
    void dropTest();
    void sayTest(const QString &icon, const QString &tone, const QString &sentence);

    BridgeChoice m_before;
    BridgeNotes m_notes;
    HiddenPasswords m_passwords; ///< of m_before
    QCheckBox *m_switch = nullptr;
    QWidget *m_details = nullptr; ///< of a bridge that is on
    QVBoxLayout *m_rows = nullptr; ///< of m_details
    QLineEdit *m_addresses = nullptr;
    QPushButton *m_test = nullptr;
    QLabel *m_testIcon = nullptr;
    TextLabel *m_testWords = nullptr;
    QRadioButton *m_pubSub = nullptr;
    QRadioButton *m_core = nullptr;
    QLineEdit *m_prefix = nullptr;
    QSpinBox *m_capacity = nullptr;
    QSpinBox *m_expiry = nullptr;
    QLineEdit *m_key = nullptr;
    bool m_isTesting = false;
};

} // namespace parlour::widgets
