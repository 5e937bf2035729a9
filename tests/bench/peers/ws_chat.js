// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The tutorial's chat on the package ws: decodes once, encodes once. node ws_chat.js PORT [CERTIFICATE KEY]
const { listen } = require('./listen');
const { WebSocketServer } = require('ws');

const rooms = new Map();
const server = new WebSocketServer({ server: listen(), perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const members = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, members.add(socket));
  socket.on('message', (data) => {
    const text = JSON.stringify({ message: JSON.parse(data).message });
    for (const member of members) member.send(text);
  });
  socket.on('close', () => {
    members.delete(socket);
    if (members.size === 0) rooms.delete(request.url);
  });
});
