// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"

#include <QFileInfo>
#include <QMap>
#include <QTest>

#include <cstdio>

namespace parlour::tests {

namespace {
QMap<QString, Registration::Factory> &registered()
{
    static QMap<QString, Registration::Factory> factories;
    return factories;
}
} // namespace

Registration::Registration(const char *file, Factory factory)
{
    const auto base = QFileInfo(QString::fromUtf8(file)).completeBaseName();
    registered().insert(base.mid(int(sizeof("tst_")) - 1), std::move(factory));
}

int run(int argc, char **argv)
{
    const auto &factories = registered();
    if (argc < 2 || argv[1][0] == '-') {
        int failures = 0;
        for (const auto &factory : factories)
            failures += QTest::qExec(factory().get(), argc, argv);
        return failures;
    }
    const auto factory = factories.find(QString::fromUtf8(argv[1]));
    if (factory == factories.end()) {
        std::fprintf(stderr, "no test class for tst_%s.cpp here\n", argv[1]);
        return 2;
    }
    argv[1] = argv[0];
    return QTest::qExec((*factory)().get(), argc - 1, argv + 1);
}

} // namespace parlour::tests
