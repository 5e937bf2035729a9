// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/conformance.h"

#include <set>
#include <utility>

namespace parlour::tests {

namespace {

/// A name that a loop makes, kept for as long as the program runs.
const char *kept(const QByteArray &name)
{
    static std::set<QByteArray> names;
    return names.insert(name).first->constData();
}

/// "6.7.3 what it is (e0a080)".
TextCase numbered(const char *section, int number, const char *what, const QByteArray &bytes)
{
    return {kept(QByteArray(section) + '.' + QByteArray::number(number) + ' ' + what + " ("
                 + bytes.left(12).toHex() + ')'),
            bytes};
}

/// The rows of one section, numbered from `first` on.
void add(QList<TextCase> &cases, const char *section, const char *what, const QByteArrayList &texts,
         int first = 1)
{
    for (const QByteArray &bytes : texts)
        cases.append(numbered(section, first++, what, bytes));
}

QByteArray utf8(char32_t codePoint)
{
    return QString::fromUcs4(&codePoint, 1).toUtf8();
}

/// As UTF-8 would write a surrogate if it were a character.
QByteArray surrogate(int code)
{
    const auto byte = [](int value) { return static_cast<char>(value); };
    return {QByteArray(1, byte(0xe0 | code >> 12)) + byte(0x80 | (code >> 6 & 0x3f))
            + byte(0x80 | (code & 0x3f))};
}

/// All bytes of a range, with `between` behind each.
QByteArray bytesFrom(int first, int last, const QByteArray &between = {})
{
    QByteArray bytes;
    for (int byte = first; byte <= last; ++byte)
        bytes += static_cast<char>(byte) + between;
    return bytes;
}

const QByteArray &greek()
{
    static const QByteArray word = "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5";
    return word;
}

/// 6.6: the beginnings of one word: those that end with a character, or the others.
void addBeginnings(QList<TextCase> &cases, bool whole)
{
    for (int size = 1; size <= greek().size(); ++size) {
        const bool endsWithCharacter =
            size == greek().size() || (static_cast<uchar>(greek().at(size)) & 0xc0) != 0x80;
        if (endsWithCharacter == whole)
            cases.append(numbered("6.6", size, "beginning of a word", greek().first(size)));
    }
}

/// The last byte is missing of the smallest and the greatest of 2 to 6 bytes.
QByteArrayList cutCharacters()
{
    return {"\xc0", "\xe0\x80", "\xf0\x80\x80", "\xf8\x80\x80\x80", "\xfc\x80\x80\x80\x80",
            "\xdf", "\xef\xbf", "\xf7\xbf\xbf", "\xfb\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf"};
}

void addSurrogates(QList<TextCase> &cases)
{
    QByteArrayList single;
    for (const int code : {0xd800, 0xdb7f, 0xdb80, 0xdbff, 0xdc00, 0xdf80, 0xdfff})
        single.append(surrogate(code));
    add(cases, "6.20", "single surrogate", single);
    QByteArrayList pairs;
    for (const int high : {0xd800, 0xdb7f, 0xdb80, 0xdbff}) {
        for (const int low : {0xdc00, 0xdfff})
            pairs.append(surrogate(high) + surrogate(low));
    }
    add(cases, "6.21", "pair of surrogates", pairs);
}

} // namespace

QList<TextCase> validTexts()
{
    QList<TextCase> cases{
        {"6.2.1 many scripts",
         "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc\xc3\xa0\xc3\xa1-UTF-8!!"},
        {"6.2.4 Greek", greek()},
        {"6.5 the last code point and more",
         "\xce\xba\xf4\x8f\xbf\xbf"
         "edited"},
    };
    add(cases, "6.5", "sound text",
        {"hello$world", "hello\xc2\xa2world", "hello\xe2\x82\xacworld",
         "hello\xf0\xa4\xad\xa2world", greek()});
    addBeginnings(cases, true);
    add(cases, "6.7", "first of a length",
        {QByteArray(1, '\0'), "\xc2\x80", "\xe0\xa0\x80", "\xf0\x90\x80\x80"});
    add(cases, "6.9", "last of a length", {"\x7f", "\xdf\xbf", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"});
    add(cases, "6.11", "beside a border",
        {"\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbd", "\xf4\x8f\xbf\xbf"});
    QByteArrayList noncharacters;
    for (char32_t plane = 0; plane <= 0x10; ++plane)
        noncharacters << utf8(plane << 16 | 0xfffe) << utf8(plane << 16 | 0xffff);
    add(cases, "6.22", "noncharacter", noncharacters);
    QByteArrayList specials;
    for (char32_t code = 0xfff9; code <= 0xffff; ++code)
        specials.append(utf8(code));
    add(cases, "6.23", "special", specials);
    // Beyond Autobahn's.
    cases.append({
        {"noncharacter U+FDD0", "\xef\xb7\x90"},
        {"characters that turn text",
         "a\xe2\x80\xae"
         "b\xe2\x80\xac"},
        {"joined emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"},
    });
    return cases;
}

QList<TextCase> invalidTexts()
{
    QList<TextCase> cases{
        {"6.3.1 surrogate between sound text", greek() + "\xed\xa0\x80" + "edited"},
        {"6.5 behind the last code point",
         "\xce\xba\xf4\x90\x80\x80"
         "edited"},
        {"6.11.5 U+110000", "\xf4\x90\x80\x80"},
    };
    addBeginnings(cases, false);
    add(cases, "6.8", "first of a length that is none",
        {"\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80"});
    add(cases, "6.10", "last of a length that is none",
        {"\xf7\xbf\xbf\xbf", "\xfb\xbf\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf"});
    QByteArrayList continuations{"\x80", "\xbf"};
    for (int size = 2; size <= 6; ++size)
        continuations.append(QByteArray("\x80\xbf\x80\xbf\x80\xbf").first(size));
    continuations.append(bytesFrom(0x80, 0xbf));
    add(cases, "6.12", "continuation of nothing", continuations);
    QByteArrayList starts;
    for (const auto &[first, last] :
         {std::pair{0xc0, 0xdf}, std::pair{0xe0, 0xef}, std::pair{0xf0, 0xf7},
          std::pair{0xf8, 0xfb}, std::pair{0xfc, 0xfd}})
        starts.append(bytesFrom(first, last, " "));
    add(cases, "6.13", "starts alone", starts);
    add(cases, "6.14", "last byte missing", cutCharacters());
    add(cases, "6.15", "cut characters one behind the other", {cutCharacters().join()});
    add(cases, "6.16", "impossible bytes", {"\xfe", "\xff", "\xfe\xfe\xff\xff"});
    add(cases, "6.17", "overlong slash",
        {"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf",
         "\xfc\x80\x80\x80\x80\xaf"});
    add(cases, "6.18", "overlong last of a length",
        {"\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf8\x87\xbf\xbf\xbf",
         "\xfc\x83\xbf\xbf\xbf\xbf"});
    add(cases, "6.19", "overlong NUL",
        {"\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xf8\x80\x80\x80\x80",
         "\xfc\x80\x80\x80\x80\x80"});
    addSurrogates(cases);
    // Beyond Autobahn's: a start that could go on, at the end and before text.
    add(cases, "cut", "last byte missing", {"\xc2", "\xe0\xa0", "\xf0\x90\x80"});
    add(cases, "cut", "last byte missing before text",
        {"\xdf"
         "a",
         "\xef\xbf"
         "a",
         "\xf0\x9f\xbf"
         "a"},
        4);
    return cases;
}

} // namespace parlour::tests
