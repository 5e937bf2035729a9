// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/composer.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/composer_bar.h"
#include "widgets/timeline/message_editor.h"
#include "widgets/timeline/name_completion.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype CounterFrom = Composer::MostCodePoints * 9 / 10;

/// What the host counts: code points, not UTF-16 units.
qsizetype codePoints(const QString &text)
{
    return std::count_if(text.cbegin(), text.cend(),
                         [](QChar unit) { return !unit.isLowSurrogate(); });
}

/// A message does not end in blank lines; how it begins may matter.
QString withoutTrailingSpace(QString text)
{
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return text;
}

} // namespace

Composer::Composer(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_bar(new ComposerBar(theme, this))
    , m_frame(new QFrame(this))
    , m_editor(new MessageEditor(m_frame))
    , m_send(new QToolButton(m_frame))
    , m_typing(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Elide, this))
    , m_hint(new QLabel(this))
    , m_completion(new NameCompletion(theme, *m_editor, parent != nullptr ? parent : this))
{
    m_frame->setObjectName(u"composer"_s);
    m_editor->setAccessibleName(tr("Message"));
    m_send->setAccessibleName(tr("Send"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setFocusProxy(m_editor);
    m_frame->setFocusProxy(m_editor);

    m_typing->setObjectName(u"typing"_s);
    m_hint->setObjectName(u"hint"_s);
    m_send->setObjectName(u"send"_s);
    m_typing->setTone(u"text2"_s);
    m_typing->setName(tr("Who is typing"));
    auto *row = new QHBoxLayout(m_frame);
    row->addWidget(m_editor, 1, Qt::AlignVCenter);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_frame);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_typing, 1);
    foot->addWidget(m_hint);
    column->addLayout(foot);
    connect(m_editor, &MessageEditor::submitted, this, &Composer::submit);
    connect(m_editor, &MessageEditor::escaped, this, [this] {
        if (m_about.id.isEmpty())
            Q_EMIT escaped();
        else
            cancel();
    });
    connect(m_editor, &MessageEditor::upInEmpty, this, [this] {
        if (m_about.id.isEmpty())
            Q_EMIT editLastRequested();
    });
    connect(m_bar, &ComposerBar::cancelled, this, &Composer::cancel);
    connect(m_editor, &MessageEditor::focusChanged, this, &Composer::showFocus);
    connect(m_editor, &MessageEditor::pasteRefused, this,
            [this] { say(tr("Too long to paste. Send it in parts."), true); });
    connect(m_editor, &QPlainTextEdit::textChanged, this, &Composer::update);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
    connect(&theme, &Theme::changed, this, &Composer::restyle);
    restyle();
}

QString Composer::text() const
{
    return m_editor->toPlainText();
}

void Composer::setText(const QString &text)
{
    m_editor->setPlainText(text);
    m_editor->moveCursor(QTextCursor::End);
}

void Composer::insert(const QString &text)
{
    m_editor->insertPlainText(text);
}

void Composer::startReply(const QString &id, const QString &name, const QString &text)
{
    cancel();
    m_about = {id, false, {}, {}};
    m_bar->show(u"reply"_s, tr("Replying to %1: %2").arg(name, text.simplified()));
}

QString Composer::reply() const
{
    return m_about.isEdit ? QString() : m_about.id;
}

void Composer::startEdit(const QString &id, const QString &text,
                         const std::optional<QString> &before)
{
    cancel();
    m_about = {id, true, before.value_or(text), m_editor->toPlainText()};
    setText(text);
    m_bar->show(u"edit"_s, tr("Editing your message"));
}

void Composer::cancel()
{
    const About about = std::exchange(m_about, {});
    m_bar->hide();
    if (about.isEdit)
        setText(about.aside);
}

QString Composer::draft() const
{
    return m_about.isEdit ? m_about.aside : text();
}

void Composer::setDraft(const QString &text)
{
    m_about = {};
    m_bar->hide();
    setText(text);
}

void Composer::setTyping(const QStringList &names)
{
    if (names.isEmpty())
        m_typing->setText({});
    else if (names.size() == 1)
        m_typing->setText(tr("%1 is typing…").arg(names.at(0)));
    else if (names.size() == 2)
        m_typing->setText(tr("%1 and %2 are typing…").arg(names.at(0), names.at(1)));
    else
        m_typing->setText(tr("%1, %2 and %n others are typing…", nullptr, int(names.size() - 2))
                              .arg(names.at(0), names.at(1)));
}

void Composer::setPeople(const QStringList &names)
{
    m_completion->setPeople(names);
}

void Composer::setRoom(const QString &title)
{
    m_room = title;
    update();
}

void Composer::setOffline(bool isOffline)
{
    m_isOffline = isOffline;
    update();
}

void Composer::setRefused(const QString &reason)
{
    m_refused = reason;
    m_editor->setReadOnly(!reason.isEmpty());
    update();
}

Composer::Standing Composer::standing() const
{
    if (!m_refused.isEmpty())
        return Standing::Refused;
    const QString text = withoutTrailingSpace(m_editor->toPlainText());
    if (text.isEmpty())
        return Standing::Empty;
    return codePoints(text) > MostCodePoints ? Standing::TooLong : Standing::Good;
}

void Composer::submit()
{
    if (standing() != Standing::Good)
        return;
    const QString text = withoutTrailingSpace(m_editor->toPlainText());
    const About about = m_about;
    if (!about.isEdit)
        m_editor->clear();
    cancel();
    if (!about.isEdit)
        Q_EMIT sendRequested(text, about.id);
    else if (text != about.before)
        Q_EMIT editRequested(about.id, text);
}

void Composer::update()
{
    m_editor->setPlaceholderText(
        !m_refused.isEmpty() ? m_refused
            : m_isOffline    ? tr("Message %1. It is kept here until the room is back").arg(m_room)
                             : tr("Message %1").arg(m_room));
    const Standing now = standing();
    m_send->setEnabled(now == Standing::Good);
    m_send->setToolTip(now == Standing::Refused       ? m_refused
                           : now == Standing::TooLong ? tr("The message is too long")
                           : now == Standing::Empty   ? tr("Nothing to send yet")
                                                      : tr("Send (Enter)"));
    updateHint();
}

void Composer::updateHint()
{
    const qsizetype count = codePoints(withoutTrailingSpace(m_editor->toPlainText()));
    const QLocale locale;
    if (!m_refused.isEmpty())
        say(m_refused, true);
    else if (count > MostCodePoints)
        say(tr("%1 of %2 characters. Shorten it, or send it in parts.")
                .arg(locale.toString(count), locale.toString(MostCodePoints)),
            true);
    else if (count >= CounterFrom)
        say(tr("%1 of %2 characters").arg(locale.toString(count), locale.toString(MostCodePoints)),
            false);
    else if (width() >= m_theme.px(440))
        say(tr("Enter sends, Shift+Enter starts a new line"), false);
    else
        say({}, false);
}

void Composer::say(const QString &words, bool isProblem)
{
    m_hint->setText(words);
    m_hint->setProperty("tone", isProblem ? u"bad"_s : u"text3"_s);
    m_hint->style()->polish(m_hint);
}

void Composer::restyle()
{
    m_editor->setFont(m_theme.font(Theme::Type::Body));
    m_hint->setFont(m_theme.font(Theme::Type::Caption));
    m_hint->setFixedHeight(m_theme.px(28));
    m_send->setIcon(m_theme.icon(u"send"_s, m_theme.tokens().acc));
    m_send->setIconSize(QSize(m_theme.px(20), m_theme.px(20)));
    m_frame->setMinimumHeight(m_theme.px(48));
    QPalette colours = m_editor->palette();
    colours.setColor(QPalette::PlaceholderText, m_theme.tokens().text3);
    m_editor->setPalette(colours);
    showFocus(m_hasFocus);
    update();
}

/// The edge grows by a pixel, and what is inside stays where it was.
void Composer::showFocus(bool hasFocus)
{
    m_hasFocus = hasFocus;
    m_frame->setProperty("focused", hasFocus);
    m_frame->style()->polish(m_frame);
    const int edge = hasFocus ? 2 : 1;
    const int side = m_theme.px(14) - edge;
    const int top = m_theme.px(8) - edge;
    m_frame->layout()->setContentsMargins(side, top, m_theme.px(8) - edge, top);
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int side = m_theme.px(window()->width() < m_theme.px(700) ? 12 : 20);
    layout()->setContentsMargins(side, m_theme.px(12), side, 0);
    updateHint();
}

} // namespace parlour::widgets
