// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/bridge_sheet.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QAccessible>
#include <QButtonGroup>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int LongestAddresses = 2000;
constexpr int LongestPrefix = 200;
constexpr int LongestKey = 1000;
constexpr int MostCapacity = 1'000'000;
constexpr int LongestExpiry = 24 * 60 * 60; // s
constexpr int GroupGap = 6; ///< above a caption, beside the space between rows
constexpr int Indent = 28; ///< of what stands under a check box or a radio button

} // namespace

BridgeSheet::BridgeSheet(const Theme &theme, const BridgeChoice &before, const BridgeNotes &notes)
    : Sheet(theme, 560, tr("Redis bridge"))
    , m_before(before)
    , m_notes(notes)
    , m_passwords(before.addresses)
{
    addSwitch(before.isOn);
    m_details = new QWidget(this);
    m_rows = new QVBoxLayout(m_details);
    m_rows->setContentsMargins(0, 8, 0, 0);
    m_rows->setSpacing(8);
    body()->addWidget(m_details);
    addAddress();
    addBackend(before.backend);
    addLimits();
    addKey(before.key);
    addNotes();
    addButtons();
    m_details->setVisible(before.isOn);
    connect(m_switch, &QCheckBox::toggled, this, [this](bool isOn) {
        m_details->setVisible(isOn);
        setProblem({});
        dropTest();
        if (isOn)
            m_addresses->setFocus();
    });
    connect(this, &QDialog::finished, this, &BridgeSheet::dropTest);
    setFirstFocus(m_switch);
}

void BridgeSheet::addSwitch(bool isOn)
{
    m_switch = new QCheckBox(tr("Share rooms with other servers"), this);
    m_switch->setAccessibleName(m_switch->text());
    m_switch->setChecked(isOn);
    auto *words = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Wrap, this);
    words->setText(tr("For Django sites and more hosts"));
    words->setTone(u"text2"_s);
    words->setContentsMargins(theme().px(Indent), 0, 0, 0);
    body()->addWidget(m_switch);
    body()->addWidget(words);
}

void BridgeSheet::addField(const QString &caption, QWidget &field, QBoxLayout &column)
{
    auto *label =
        new TextLabel(theme(), Theme::Type::CaptionStrong, TextLabel::Fit::Whole, m_details);
    label->setText(caption);
    label->setTone(u"text2"_s);
    label->setBuddy(&field);
    field.setAccessibleName(caption);
    column.addWidget(label);
    column.addWidget(&field);
}

void BridgeSheet::addAddress()
{
    m_addresses = new QLineEdit(m_passwords.shown(), m_details);
    m_addresses->setFont(theme().font(Theme::Type::Fixed));
    m_addresses->setMaxLength(LongestAddresses);
    m_addresses->setPlaceholderText(u"redis://localhost:6379"_s);
    m_addresses->setToolTip(tr("redis://, rediss:// (encrypted) or unix://; several servers apart "
                               "by spaces")
                                .toHtmlEscaped());
    addField(tr("Address of Redis"), *m_addresses, *m_rows);
    m_test = makeButton(theme(), tr("Test connection"), {.scale = u"strip"_s}, m_details);
    m_testIcon = new QLabel(m_details);
    m_testWords = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Wrap, m_details);
    m_testWords->setName(tr("Result of the test"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_test, 0, Qt::AlignTop);
    row->addSpacing(4);
    row->addWidget(m_testIcon);
    row->addWidget(m_testWords, 1);
    m_rows->addLayout(row);
    m_testIcon->hide();
    connect(m_test, &QPushButton::clicked, this, &BridgeSheet::test);
    connect(m_addresses, &QLineEdit::textChanged, this, [this] {
        setProblem({});
        dropTest();
    });
}

QWidget *BridgeSheet::makeBackend(QRadioButton &button, const QString &className)
{
    button.setAccessibleName(button.text());
    auto *words = new TextLabel(theme(), Theme::Type::Fixed, TextLabel::Fit::Elide, m_details);
    words->setText(className);
    words->setTone(u"text2"_s);
    words->setContentsMargins(theme().px(Indent), 0, 0, 0);
    auto *backend = new QWidget(m_details);
    auto *column = new QVBoxLayout(backend);
    makeTight(*column);
    column->setSpacing(2);
    column->addWidget(&button);
    column->addWidget(words);
    return backend;
}

void BridgeSheet::addBackend(BridgeChoice::Backend backend)
{
    auto *caption =
        new TextLabel(theme(), Theme::Type::CaptionStrong, TextLabel::Fit::Whole, m_details);
    caption->setText(tr("Backend"));
    caption->setTone(u"text2"_s);
    auto *words = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Wrap, m_details);
    words->setText(tr("Take the one that stands in the Django site’s CHANNEL_LAYERS. Without a "
                      "site, take pub/sub. All hosts take the same one."));
    words->setTone(u"text2"_s);
    m_pubSub = new QRadioButton(tr("Pub/sub"), m_details);
    m_core = new QRadioButton(tr("Core"), m_details);
    m_rows->addSpacing(GroupGap);
    m_rows->addWidget(caption);
    m_rows->addWidget(makeBackend(*m_pubSub, u"channels_redis.pubsub.RedisPubSubChannelLayer"_s));
    m_rows->addWidget(makeBackend(*m_core, u"channels_redis.core.RedisChannelLayer"_s));
    m_rows->addWidget(words);
    (backend == BridgeChoice::Backend::Core ? m_core : m_pubSub)->setChecked(true);
    // Each has a parent of its own, so that Qt takes them for two groups.
    m_pubSub->setAutoExclusive(false);
    m_core->setAutoExclusive(false);
    auto *group = new QButtonGroup(this);
    group->addButton(m_pubSub);
    group->addButton(m_core);
}

void BridgeSheet::addLimits()
{
    m_prefix = new QLineEdit(m_before.prefix, m_details);
    m_prefix->setFont(theme().font(Theme::Type::Fixed));
    m_prefix->setMaxLength(LongestPrefix);
    m_prefix->setPlaceholderText(BridgeChoice().prefix);
    m_prefix->setValidator(
        new QRegularExpressionValidator(QRegularExpression(uR"(\P{C}*)"_s), m_prefix));
    m_prefix->setToolTip(tr("As in the Django site: “asgi” unless it says otherwise"));
    m_capacity = new QSpinBox(m_details);
    m_capacity->setRange(1, MostCapacity);
    m_capacity->setValue(m_notes.capacity.value_or(m_before.capacity));
    m_capacity->setDisabled(m_notes.capacity.has_value());
    m_capacity->setToolTip(tr("Messages that may wait for one reader"));
    m_expiry = new QSpinBox(m_details);
    m_expiry->setRange(1, LongestExpiry);
    m_expiry->setValue(m_notes.expiry.value_or(m_before.expiry));
    m_expiry->setDisabled(m_notes.expiry.has_value());
    m_expiry->setSuffix(tr(" s", "seconds after a number"));
    m_expiry->setToolTip(tr("How long a message waits, also for the return of Redis"));
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    const auto add = [this, row](const QString &caption, QWidget &field) {
        auto *column = new QVBoxLayout;
        column->setSpacing(8);
        addField(caption, field, *column);
        row->addLayout(column, 1);
    };
    add(tr("Prefix"), *m_prefix);
    add(tr("Capacity"), *m_capacity);
    add(tr("Expiry"), *m_expiry);
    for (QSpinBox *number : {m_capacity, m_expiry})
        number->setButtonSymbols(QSpinBox::NoButtons);
    m_rows->addSpacing(GroupGap);
    m_rows->addLayout(row);
}

void BridgeSheet::addKey(const QString &key)
{
    m_key = new QLineEdit(key, m_details);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(LongestKey);
    m_key->setPlaceholderText(tr("none"));
    m_key->setToolTip(tr("As in symmetric_encryption_keys: who has it reads along, nobody else"));
    m_rows->addSpacing(GroupGap);
    addField(tr("Encryption key"), *m_key, *m_rows);
}

void BridgeSheet::addNotes()
{
    const auto add = [this](const QString &sentence, const QString &tone) {
        auto *note = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Wrap, this);
        note->setText(sentence);
        note->setTone(tone);
        body()->addSpacing(4);
        body()->addWidget(note);
    };
    if (m_notes.isOverruled)
        add(tr("Parlour was started with options for Redis, and they win."), u"warn"_s);
    else if (m_notes.capacity || m_notes.expiry)
        add(tr("What is greyed out was set when Parlour was started."), u"warn"_s);
    if (m_notes.isHosting && !m_notes.isOverruled)
        add(tr("Takes effect when you host again."), u"text2"_s);
}

void BridgeSheet::addButtons()
{
    auto *cancel = addButton(tr("Cancel"), {.scale = u"sheet"_s});
    auto *save = addButton(tr("Save"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(save);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        dropTest();
        setBusy(tr("Saving…"));
        Q_EMIT saveRequested(choice());
    });
}

BridgeChoice BridgeSheet::choice() const
{
    const QString prefix = m_prefix->text().trimmed();
    return {.isOn = m_switch->isChecked(),
            .addresses = m_passwords.putBack(m_addresses->text()),
            .backend =
                m_core->isChecked() ? BridgeChoice::Backend::Core : BridgeChoice::Backend::PubSub,
            .prefix = prefix.isEmpty() ? BridgeChoice().prefix : prefix,
            .capacity = m_notes.capacity ? m_before.capacity : m_capacity->value(),
            .expiry = m_notes.expiry ? m_before.expiry : m_expiry->value(),
            .key = m_key->text()};
}

void BridgeSheet::setProblem(const QString &sentence)
{
    Sheet::setProblem(sentence);
    if (m_addresses)
        setLook(*m_addresses, "error", !sentence.isEmpty());
}

void BridgeSheet::test()
{
    m_isTesting = true;
    m_test->setText(tr("Testing…"));
    m_test->setEnabled(false);
    sayTest({}, {}, {});
    Q_EMIT testRequested(choice());
}

void BridgeSheet::showTest(bool isGood, const QString &sentence)
{
    if (!m_isTesting)
        return;
    dropTest();
    sayTest(isGood ? u"check"_s : u"error"_s, isGood ? u"ok"_s : u"bad"_s, sentence);
    QAccessibleEvent alert(m_testWords, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void BridgeSheet::dropTest()
{
    sayTest({}, {}, {});
    if (!m_isTesting)
        return;
    m_isTesting = false;
    m_test->setText(tr("Test connection"));
    m_test->setEnabled(true);
    Q_EMIT testDropped();
}

void BridgeSheet::sayTest(const QString &icon, const QString &tone, const QString &sentence)
{
    const Tokens &tokens = theme().tokens();
    if (!icon.isEmpty())
        m_testIcon->setPixmap(theme().pixmap(icon, tone == "ok"_L1 ? tokens.ok : tokens.bad,
                                             theme().px(16), devicePixelRatioF()));
    m_testIcon->setVisible(!icon.isEmpty());
    m_testWords->setTone(tone);
    m_testWords->setText(sentence);
    updateGeometry();
}

} // namespace parlour::widgets
