// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The same chat with the rooms of socket.io. node socket_io_chat.js PORT [CERTIFICATE KEY]
const { listen } = require('./listen');
const { Server } = require('socket.io');

const server = new Server(listen(), { transports: ['websocket'], perMessageDeflate: false });

server.on('connection', (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on('message', (data) => server.to(room).emit('message', { message: data.message }));
});
