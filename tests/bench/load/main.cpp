// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// One measurement of one running server; the figures go to standard output as JSON. tests/bench/run
// calls it.
#include "fan_out.h"
#include "fixed_rate.h"
#include "handshakes.h"

#include <cstdio>

using namespace parlour::bench;

namespace {

std::unique_ptr<Gathering> makeWorkload(Network &network, const Options &options)
{
    if (options.workload == "fan")
        return std::make_unique<FanOut>(network, options);
    if (options.workload == "rate")
        return std::make_unique<FixedRate>(network, options);
    if (options.workload == "handshakes")
        return std::make_unique<Handshakes>(network, options);
    return nullptr;
}

void print(const Figures &figures)
{
    const char *separator = "{";
    for (const auto &[name, value] : figures) {
        std::printf("%s\"%s\": %.9g", separator, name.c_str(), value);
        separator = ", ";
    }
    std::puts("}");
}

struct FreeContext {
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
};

} // namespace

int main(int argc, char *argv[])
{
    const auto options = parseOptions(argc, argv);
    if (!options)
        return 2;
    const auto dialect = makeDialect(options->dialect);
    if (!dialect) {
        std::fprintf(stderr, "unknown dialect %s\n", options->dialect.c_str());
        return 2;
    }
    std::unique_ptr<SSL_CTX, FreeContext> tls;
    if (options->tls) {
        tls.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_mode(tls.get(), SSL_MODE_RELEASE_BUFFERS);
    }
    Poller poller;
    Network network{options->ports, options->addresses, tls.get(), *dialect, poller};
    const auto workload = makeWorkload(network, *options);
    if (!workload) {
        std::fprintf(stderr, "unknown workload %s\n", options->workload.c_str());
        return 2;
    }
    const auto figures = workload->measure();
    if (!figures)
        return 1;
    print(*figures);
    return 0;
}
