// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/quit_sheet.h"

#include "widgets/common/avatar.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int MostFaces = 6;

QString titleFor(const HostingState &state)
{
    return state.guests == 0 ? QuitSheet::tr("You are hosting %1").arg(state.title)
                             : QuitSheet::tr("%n people are in your room", nullptr, state.guests);
}

} // namespace

QuitSheet::QuitSheet(const Theme &theme, const HostingState &state)
    : Sheet(theme, 520, titleFor(state))
{
    addText(state.guests == 0
                ? tr("%1 lives in this app. If you quit, nobody can join until you open it again.")
                      .arg(state.title)
                : tr("%1 lives in this app. If you quit, they lose the connection until you open "
                     "it again.")
                      .arg(state.title));
    if (!state.people.isEmpty()) {
        addGuests(state.people);
    }
    auto *stop = addButton(tr("Stop and quit"),
                           {.scale = u"sheet"_s, .tone = u"bad"_s, .icon = u"stop"_s}, true);
    auto *keep = addButton(tr("Keep running"), {.kind = u"primary"_s, .scale = u"sheet"_s});
    setDefaultButton(keep);
    connect(stop, &QPushButton::clicked, this, &QDialog::accept);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    setFirstFocus(keep);
}

void QuitSheet::addGuests(const QList<chat::Person> &people)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    QStringList names;
    for (const chat::Person &person : people) {
        names << person.name;
        if (names.size() <= MostFaces) {
            auto *face = new Avatar(theme(), 28, this);
            face->setLook({.id = person.id, .name = person.name});
            row->addWidget(face);
        }
    }
    auto *words = new TextLabel(theme(), Theme::Type::Small, TextLabel::Fit::Elide, this);
    words->setText(names.join(", "_L1));
    words->setTone(u"text2"_s);
    row->addSpacing(8);
    row->addWidget(words, 1);
    body()->addLayout(row);
}

} // namespace parlour::widgets
