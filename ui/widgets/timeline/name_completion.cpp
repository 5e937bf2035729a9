// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/name_completion.h"

#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int LongestBegun = 40;

bool isOfWord(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c == u'_';
}

bool fits(const QString &name, const QString &begun)
{
    const QString folded = name.toCaseFolded();
    return folded.startsWith(begun) || folded.contains(u' ' + begun);
}

} // namespace

NameCompletion::NameCompletion(const Theme &theme, QPlainTextEdit &editor, QWidget *over)
    : QListView(over)
    , m_theme(theme)
    , m_editor(editor)
{
    setObjectName(u"completion"_s);
    setAccessibleName(tr("People"));
    setModel(&m_names);
    setFocusPolicy(Qt::NoFocus);
    setEditTriggers(NoEditTriggers);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    hide();
    editor.installEventFilter(this);
    connect(&editor, &QPlainTextEdit::textChanged, this, [this] {
        m_isClosed = false;
        propose();
    });
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &NameCompletion::propose);
    connect(this, &QListView::clicked, this, &NameCompletion::accept);
}

void NameCompletion::setPeople(const QStringList &names)
{
    m_people = names;
    m_people.sort(Qt::CaseInsensitive);
    if (isVisible())
        propose();
}

int NameCompletion::start() const
{
    const QTextCursor cursor = m_editor.textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    const auto at = before.lastIndexOf(u'@');
    const bool isFar = at >= 0 && before.size() - at - 1 > LongestBegun;
    if (at < 0 || isFar || cursor.hasSelection() || (at > 0 && isOfWord(before.at(at - 1))))
        return -1;
    return int(at);
}

void NameCompletion::propose()
{
    const int at = start();
    if (at < 0 || m_isClosed || !m_editor.hasFocus()) {
        hide();
        return;
    }
    const QTextCursor cursor = m_editor.textCursor();
    const QString begun =
        cursor.block().text().mid(at + 1, cursor.positionInBlock() - at - 1).toCaseFolded();
    QStringList fitting;
    for (const QString &name : std::as_const(m_people))
        if (fits(name, begun) && fitting.size() < MostNames)
            fitting.append(name);
    if (fitting != m_names.stringList())
        m_names.setStringList(fitting);
    if (fitting.isEmpty()) {
        hide();
        return;
    }
    if (!currentIndex().isValid())
        setCurrentIndex(m_names.index(0));
    place();
    show();
    raise();
}

void NameCompletion::place()
{
    setFont(m_theme.font(Theme::Type::Body));
    const int row = qMax(sizeHintForRow(0), m_theme.px(28));
    const int rows = qMin(m_names.rowCount(), MostRows);
    const int width = qMin(m_theme.px(280), parentWidget()->width() - m_theme.px(24));
    const QPoint above = m_editor.mapTo(parentWidget(), QPoint(0, 0));
    const int height = rows * row + 2 * frameWidth() + m_theme.px(8);
    setGeometry(above.x(), qMax(0, above.y() - height - m_theme.px(12)), width, height);
}

bool NameCompletion::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() == QEvent::KeyPress && isVisible()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && takeKey(key->key()))
            return true;
    }
    return QListView::eventFilter(watched, event);
}

bool NameCompletion::takeKey(int key)
{
    const int row = currentIndex().row();
    switch (key) {
    case Qt::Key_Up:
        setCurrentIndex(m_names.index(qMax(row - 1, 0)));
        return true;
    case Qt::Key_Down:
        setCurrentIndex(m_names.index(qMin(row + 1, m_names.rowCount() - 1)));
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept(currentIndex());
        return true;
    case Qt::Key_Escape:
        m_isClosed = true;
        hide();
        return true;
    default:
        return false;
    }
}

void NameCompletion::accept(const QModelIndex &name)
{
    const int at = start();
    if (at < 0 || !name.isValid())
        return;
    const QString whole = u'@' + name.data().toString() + u' ';
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(cursor.block().position() + at, QTextCursor::KeepAnchor);
    cursor.insertText(whole);
    m_isClosed = true;
    hide();
}

} // namespace parlour::widgets
