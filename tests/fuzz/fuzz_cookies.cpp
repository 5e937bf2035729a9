// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Three lines: a Cookie header, then name and value of a cookie to set; the value is taken for a
// session's cookie too.
#include "channels/cookies.h"
#include "channels/session_middleware.h"
#include "fuzz/promise.h"

using namespace parlour::channels;
using namespace parlour::fuzz;

namespace {

using Cookies = QMap<QByteArray, QByteArray>;

void checkRead(const QByteArray &header)
{
    const Cookies cookies = parseCookies(header);
    require(cookies.size() <= header.count(';') + 1, "a cookie stands between semicolons");
    QByteArrayList pairs;
    for (auto it = cookies.begin(); it != cookies.end(); ++it) {
        require(!it.key().isEmpty() && !it.key().contains(';') && !it.value().contains(';'),
                "a cookie has a name, and ends at its semicolon");
        require(header.contains(it.key()) && header.contains(it.value()),
                "a cookie stands in the header");
        pairs += it.key() + "=\"" + it.value() + '"';
    }
    require(parseCookies(pairs.join("; ")) == cookies, "cookies written anew are themselves");
}

void checkWritten(const QByteArray &name, const QByteArray &value)
{
    const auto header = setCookie(name, value);
    if (!header) {
        require(!header.error().message.isEmpty(), "a refusal says why");
        return;
    }
    require(header->value.startsWith(name + '=' + value + "; Path=/"), "a cookie is set as given");
    require(std::all_of(header->value.begin(), header->value.end(),
                        [](char c) { return c >= ' ' && c < 0x7f; }),
            "a header is printable ASCII");
    require(parseCookies(name + '=' + value) == Cookies{{name, value}},
            "a cookie that was set is read as it was");
}

void checkSession(const QByteArray &value)
{
    const QByteArray secret("0123456789abcdef0123456789abcdef");
    const QByteArray key = verifiedSessionKey(value, secret);
    require(key.isEmpty() || signedSessionKey(key, secret) == value,
            "a session's key has our signature");
    const bool canBeKey = !value.isEmpty() && !value.contains('.');
    require(!canBeKey || verifiedSessionKey(signedSessionKey(value, secret), secret) == value,
            "a key that we signed is verified");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArrayView rest = input(data, size);
    checkRead(takeLine(rest).toByteArray());
    const QByteArray name = takeLine(rest).toByteArray();
    checkWritten(name, rest.toByteArray());
    checkSession(rest.toByteArray());
    return 0;
}
