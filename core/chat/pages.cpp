// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/pages.h"

#include "chat/json_writer.h"
#include "chat/room_route.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray contentTypeOf(const QString &file)
{
    static const QHash<QString, QByteArray> types{
        {u"css"_s, "text/css; charset=utf-8"},
        {u"html"_s, "text/html; charset=utf-8"},
        {u"ico"_s, "image/x-icon"},
        {u"js"_s, "text/javascript; charset=utf-8"},
        {u"json"_s, "application/json"},
        {u"png"_s, "image/png"},
        {u"svg"_s, "image/svg+xml"},
        {u"webmanifest"_s, "application/manifest+json"},
        {u"woff2"_s, "font/woff2"},
    };
    return types.value(QFileInfo(file).suffix().toLower(), "application/octet-stream");
}

Page withEtag(Page page)
{
    const auto hash = QCryptographicHash::hash(page.body, QCryptographicHash::Sha256);
    page.headers.append(channels::Header{"etag", '"' + hash.toHex().first(32) + '"'});
    return page;
}

// If-None-Match may list several, weak ones too, or be "*".
bool isKnownToClient(const channels::Scope &scope, const QByteArray &etag)
{
    const QByteArray known = scope.header("if-none-match");
    return known.trimmed() == "*" || known.contains(etag);
}

Page fresh(const Page &page, const channels::Scope &scope)
{
    const QByteArray etag = channels::headerValue(page.headers, "etag");
    if (etag.isEmpty() || !isKnownToClient(scope, etag))
        return page;
    return {304, {}, page.headers};
}

Page missing()
{
    return textPage(404, "Not found\n");
}

Page html(const QByteArray &body)
{
    return {200, body, pageHeaders("text/html; charset=utf-8")};
}

// As JSON inside a <script>: nothing in it can end the element.
QByteArray scriptJson(const QString &text)
{
    return jsonString(text)
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
}

} // namespace

MakePage lobbyPage()
{
    const QByteArray body = contentsOf(u":/web/lobby.html"_s);
    const Page page = body.isEmpty() ? missing() : withEtag(html(body));
    return [page](const channels::Scope &scope) { return fresh(page, scope); };
}

MakePage roomPage()
{
    const QByteArray body = contentsOf(u":/web/room.html"_s);
    return [body](const channels::Scope &scope) {
        const auto title = routedRoomTitle(scope);
        if (!title)
            return textPage(404, title.error().message.toUtf8() + '\n');
        if (body.isEmpty())
            return missing();
        QByteArray filled = body;
        filled.replace("__ROOM_NAME_JSON__", scriptJson(*title));
        return fresh(withEtag(html(filled)), scope);
    };
}

MakePage roomRedirect()
{
    return [](const channels::Scope &scope) {
        const auto title = routedRoomTitle(scope);
        if (!title)
            return textPage(404, title.error().message.toUtf8() + '\n');
        return redirect(301, "/chat/" + title->toUtf8().toPercentEncoding() + '/');
    };
}

MakePage staticFiles()
{
    QHash<QString, Page> pages;
    const QString folder = u":/web/static"_s;
    const auto names = QDir(folder).entryList(QDir::Files);
    for (const QString &name : names) {
        const QByteArray body = contentsOf(folder + u'/' + name);
        pages.insert(name, withEtag({200, body, pageHeaders(contentTypeOf(name))}));
    }
    return [pages](const channels::Scope &scope) {
        const auto page = pages.constFind(scope.urlRoute.kwargs.value(u"file"_s).toString());
        return page == pages.constEnd() ? missing() : fresh(*page, scope);
    };
}

MakePage roomList(const House &house)
{
    return [&house](const channels::Scope &) {
        JsonWriter json;
        json.beginObject().key("host"_L1).beginObject().field("title"_L1, house.info().title);
        json.endObject().key("rooms"_L1).beginArray();
        const auto rooms = house.rooms().listed();
        for (const RoomState &room : rooms) {
            json.beginObject()
                .field("room"_L1, room.room)
                .field("title"_L1, room.title)
                .field("topic"_L1, room.topic)
                .field("people"_L1, room.people)
                .endObject();
        }
        return Page{200, json.endArray().endObject().take(), pageHeaders("application/json")};
    };
}

} // namespace parlour::chat
