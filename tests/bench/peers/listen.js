// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The HTTP server that the command line asks for.
const { readFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');

exports.listen = () => {
  const [port, certificate, key] = process.argv.slice(2);
  const server = certificate
    ? https.createServer({ cert: readFileSync(certificate), key: readFileSync(key) })
    : http.createServer();
  return server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
};
