// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/conformance.h"

namespace parlour::tests {

QList<TextCase> validTexts()
{
    return {
        {"6.2.1 many scripts", "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc-UTF-8!!"},
        {"6.2.4 Greek", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"},
        {"6.5 the last code point and more",
         "\xce\xba\xf4\x8f\xbf\xbf"
         "edited"},
        {"6.6 one character of two bytes", "\xce\xba"},
        {"6.6 one character of three bytes", "\xe1\xbd\xb9"},
        {"6.7.1 first of one byte", QByteArrayLiteral("\0")},
        {"6.7.2 first of two bytes", "\xc2\x80"},
        {"6.7.3 first of three bytes", "\xe0\xa0\x80"},
        {"6.7.4 first of four bytes", "\xf0\x90\x80\x80"},
        {"6.9.1 last of one byte", "\x7f"},
        {"6.9.2 last of two bytes", "\xdf\xbf"},
        {"6.9.3 last of three bytes", "\xef\xbf\xbf"},
        {"6.9.4 last of four bytes", "\xf4\x8f\xbf\xbf"},
        {"6.11.1 last before the surrogates", "\xed\x9f\xbf"},
        {"6.11.2 first behind the surrogates", "\xee\x80\x80"},
        {"6.11.3 replacement character", "\xef\xbf\xbd"},
        {"6.22 noncharacter U+FFFE", "\xef\xbf\xbe"},
        {"6.22 noncharacter U+FDD0", "\xef\xb7\x90"},
        {"6.22 noncharacter U+1FFFE", "\xf0\x9f\xbf\xbe"},
        {"6.22 noncharacter U+1FFFF", "\xf0\x9f\xbf\xbf"},
        {"6.22 noncharacter U+8FFFF", "\xf2\x8f\xbf\xbf"},
        {"6.22 noncharacter U+10FFFE", "\xf4\x8f\xbf\xbe"},
        {"6.23.1 interlinear anchor", "\xef\xbf\xb9"},
        {"6.23.4 object replacement", "\xef\xbf\xbc"},
        {"6.23.8 characters that turn text",
         "a\xe2\x80\xae"
         "b\xe2\x80\xac"},
        {"6.23.9 joined emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"},
    };
}

QList<TextCase> invalidTexts()
{
    return {
        {"6.3.1 surrogate between sound text",
         "\xce\xba\xe1\xbd\xb9\xed\xa0\x80"
         "edited"},
        {"6.5 behind the last code point",
         "\xce\xba\xf4\x90\x80\x80"
         "edited"},
        {"6.6 first byte of two", "\xce"},
        {"6.6 second character cut", "\xce\xba\xe1"},
        {"6.6 second character cut later", "\xce\xba\xe1\xbd"},
        {"6.8.1 first of five bytes", "\xf8\x88\x80\x80\x80"},
        {"6.8.2 first of six bytes", "\xfc\x84\x80\x80\x80\x80"},
        {"6.10.1 last of 21 bits", "\xf7\xbf\xbf\xbf"},
        {"6.10.2 last of five bytes", "\xfb\xbf\xbf\xbf\xbf"},
        {"6.10.3 last of six bytes", "\xfd\xbf\xbf\xbf\xbf\xbf"},
        {"6.11.5 U+110000", "\xf4\x90\x80\x80"},
        {"6.12.1 first continuation byte", "\x80"},
        {"6.12.2 last continuation byte", "\xbf"},
        {"6.12.3 two continuation bytes", "\x80\xbf"},
        {"6.12.8 all continuation bytes", QByteArray("\x80\x90\xa0\xb0").repeated(16)},
        {"6.13.1 starts of two bytes", "\xc2 \xc3 \xd0 \xdf "},
        {"6.13.2 starts of three bytes", "\xe0 \xe8 \xef "},
        {"6.13.3 starts of four bytes", "\xf0 \xf4 "},
        {"6.13.4 starts of five bytes", "\xf8 \xfb "},
        {"6.14.1 last byte missing of two", "\xc2"},
        {"6.14.2 last byte missing of three", "\xe0\xa0"},
        {"6.14.3 last byte missing of four", "\xf0\x90\x80"},
        {"6.14.6 last byte missing before text",
         "\xdf"
         "a"},
        {"6.14.7 last byte missing of three before text",
         "\xef\xbf"
         "a"},
        {"6.14.8 last byte missing of four before text",
         "\xf0\x9f\xbf"
         "a"},
        {"6.15 cut characters one behind the other", "\xc2\xe0\xa0\xf0\x90\x80"},
        {"6.16.1 FE", "\xfe"},
        {"6.16.2 FF", "\xff"},
        {"6.16.3 FE FE FF FF", "\xfe\xfe\xff\xff"},
        {"6.17.1 slash of two bytes", "\xc0\xaf"},
        {"6.17.2 slash of three bytes", "\xe0\x80\xaf"},
        {"6.17.3 slash of four bytes", "\xf0\x80\x80\xaf"},
        {"6.17.4 slash of five bytes", "\xf8\x80\x80\x80\xaf"},
        {"6.18.1 overlong 7F", "\xc1\xbf"},
        {"6.18.2 overlong 7FF", "\xe0\x9f\xbf"},
        {"6.18.3 overlong FFFF", "\xf0\x8f\xbf\xbf"},
        {"6.19.1 NUL of two bytes", "\xc0\x80"},
        {"6.19.2 NUL of three bytes", "\xe0\x80\x80"},
        {"6.19.3 NUL of four bytes", "\xf0\x80\x80\x80"},
        {"6.20.1 first high surrogate", "\xed\xa0\x80"},
        {"6.20.2 last high surrogate", "\xed\xaf\xbf"},
        {"6.20.4 first low surrogate", "\xed\xb0\x80"},
        {"6.20.7 last low surrogate", "\xed\xbf\xbf"},
        {"6.21.1 first pair of surrogates", "\xed\xa0\x80\xed\xb0\x80"},
        {"6.21.8 last pair of surrogates", "\xed\xaf\xbf\xed\xbf\xbf"},
    };
}

} // namespace parlour::tests
