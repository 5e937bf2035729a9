// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "daemon.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("parlourd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PARLOUR_VERSION));

    parlour::Daemon daemon(QCoreApplication::arguments().mid(1));
    if (const auto code = daemon.start())
        return *code;
    return QCoreApplication::exec();
}
