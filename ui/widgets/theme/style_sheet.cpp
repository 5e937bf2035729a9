// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/style_sheet.h"

#include <QFile>
#include <QHash>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

Q_LOGGING_CATEGORY(lcStyleSheet, "parlour.widgets.theme")

/// The colours that theme.qss names.
QHash<QString, QColor> coloursOf(const Tokens &t)
{
    return {
        {u"base"_s, t.base},
        {u"side"_s, t.side},
        {u"pane"_s, t.pane},
        {u"sheet"_s, t.sheet},
        {u"card"_s, t.card},
        {u"well"_s, t.well},
        {u"inset"_s, t.inset},
        {u"field"_s, t.field},
        {u"hover"_s, t.hover},
        {u"press"_s, t.press},
        {u"button"_s, t.button},
        {u"buttonline"_s, t.buttonline},
        {u"buttonhover"_s, t.buttonhover},
        {u"buttonpress"_s, t.buttonpress},
        {u"sel"_s, t.sel},
        {u"line"_s, t.line},
        {u"edge"_s, t.edge},
        {u"text"_s, t.text},
        {u"text2"_s, t.text2},
        {u"text3"_s, t.text3},
        {u"acc"_s, t.acc},
        {u"ok"_s, t.ok},
        {u"warn"_s, t.warn},
        {u"bad"_s, t.bad},
        {u"pill"_s, t.pill},
        {u"fill"_s, t.fill},
        {u"fillHover"_s, t.fillHover},
        {u"fillPress"_s, t.fillPress},
        {u"badfill"_s, t.badfill},
        {u"onfill"_s, t.onfill},
        {u"accsoft"_s, t.accsoft},
        {u"accline"_s, t.accline},
        {u"warnsoft"_s, t.warnsoft},
        {u"warnline"_s, t.warnline},
        {u"badsoft"_s, t.badsoft},
        {u"badline"_s, t.badline},
    };
}

QString filled(const QString &name, const QHash<QString, QColor> &colours, qreal scale)
{
    const auto colour = colours.constFind(name);
    if (colour != colours.constEnd()) {
        return colour->name();
    }
    bool isNumber = false;
    const int pixels = name.endsWith(u"px") ? name.chopped(2).toInt(&isNumber) : 0;
    if (isNumber) {
        return u"%1px"_s.arg(qRound(pixels * scale));
    }
    qCWarning(lcStyleSheet, "theme.qss names \"%s\", which is no colour and no length",
              qUtf8Printable(name));
    return {};
}

} // namespace

QString styleSheetOf(const Tokens &tokens, qreal scale)
{
    QFile file(u":/theme/theme.qss"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcStyleSheet, "theme.qss is not compiled in");
        return {};
    }
    // Names stand between pairs of @: every second part is one. The comment on top names none.
    const QString text = QString::fromUtf8(file.readAll());
    const qsizetype comments = text.lastIndexOf(u"*/");
    const QStringList parts = text.mid(comments < 0 ? 0 : comments + 2).split(u'@');
    const QHash<QString, QColor> colours = coloursOf(tokens);
    QString sheet;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        sheet += i % 2 == 0 ? parts.at(i) : filled(parts.at(i), colours, scale);
    }
    return sheet;
}

} // namespace parlour::widgets
