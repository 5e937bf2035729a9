// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/foreign_sender.h"

#include "chat/people.h"
#include "chat/shared_message.h"
#include "chat/text_rules.h"
#include "chat/token_store.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

/// Always the same for an id, so that one sender stays one.
QString otherId(const QString &id)
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return u"elsewhere-"_s + QString::fromLatin1(hash.left(8).toHex());
}

bool isHereAlone(const QString &id, const People &people)
{
    return people.isHere(id) && !people.isElsewhere(id);
}

/// As long as a name may be, so that other hosts take it too.
QString withOrigin(const QString &name, const QString &origin)
{
    return firstCodePoints(name, MaxPersonNameLength - origin.size()).trimmed() + origin;
}

} // namespace

Sender asForeignSender(const Sender &sender, const People &people)
{
    Sender shown = sender;
    if (sender.id.startsWith(ForeignOrigin)) {
        if (people.isNameOfSomebody(sender.name))
            shown.name = withOrigin(sender.name, u" (Django)"_s);
        return shown;
    }
    if (isIdOfToken(sender.id) && isHereAlone(sender.id, people))
        shown.id = otherId(sender.id);
    if (people.isNameOfAnotherHere(sender.name, shown.id))
        shown.name = withOrigin(sender.name, u" (elsewhere)"_s);
    return shown;
}

bool isDoubtful(const Sender &sender, const People &people)
{
    return !isIdOfToken(sender.id) && isHereAlone(sender.id, people);
}

} // namespace parlour::chat
