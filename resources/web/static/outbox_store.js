// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said and has not come back yet, over reloads, over the browser's end and its crash: in localStorage, which
// has it at once, so that the page may be left in the same moment, until a database has written it, which outlasts a
// browser that is killed. Tabs of one host share it, and tell each other what has arrived or was deleted. Without a
// database localStorage has to do; a browser may forbid that too, or be full: then a message lasts as long as the page.

import * as local from './local_outbox.js';

const openLimit = 3000; // ms; a browser that does not open its database by then is taken to have none

export class OutboxStore {
  #database = this.#open(); // promise; null where there is none
  #channel = null;

  /** forgotten(id) is called when another tab has forgotten a message. */
  constructor(forgotten) {
    this.#database.then((database) => database ? this.#share(forgotten) : local.watch(forgotten));
  }

  /** Resolves to true once the message outlasts the browser. `problem` says why the host refused it, '' if it did not. */
  async keep(room, { id, time, text, reply, problem }) {
    const message = { id, room, time, text, reply, problem };
    const isInReach = local.keep(message);
    const database = await this.#database;
    if (!database || !(await written(database, (table) => table.put(message))))
      return isInReach;
    local.forget(id);
    return true;
  }

  async forget(id) {
    local.forget(id);
    const database = await this.#database;
    if (database && await written(database, (table) => table.delete(id)))
      this.#channel?.postMessage(id);
  }

  /** All that is kept, of all rooms and tabs, as it was said: {room, id, time, text, reply, problem}. */
  async messages() {
    const database = await this.#database;
    const all = local.messages(); // with a database, what it could not take
    const known = new Set(all.map((message) => message?.id));
    if (database)
      all.push(...(await everything(database)).filter((message) => !known.has(message?.id)));
    return all.map(asKept).filter((message) => message !== null).sort((a, b) => a.time - b.time);
  }

  #share(forgotten) {
    this.#channel = new BroadcastChannel('parlour-outbox');
    this.#channel.onmessage = ({ data }) => forgotten(data);
  }

  async #open() {
    const database = await opened();
    if (!database)
      return null;
    const again = () => {
      this.#database = this.#open();
    };
    database.onclose = again; // the browser's data were deleted
    database.onversionchange = () => {
      database.close();
      again();
    };
    await takeOver(database);
    return database;
  }
}

function opened() {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), openLimit);
    try {
      const request = indexedDB.open('parlour', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'id' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/** What earlier pages have left in localStorage. */
async function takeOver(database) {
  const found = local.messages().filter((message) => message !== null);
  if (found.length > 0 && await written(database, (table) => found.forEach((message) => table.put(message))))
    found.forEach(({ id }) => local.forget(id));
}

/** Resolves to whether change(table) is on the disk. */
function written(database, change) {
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction('outbox', 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      change(transaction.objectStore('outbox'));
    } catch {
      resolve(false);
    }
  });
}

function everything(database) {
  return new Promise((resolve) => {
    try {
      const request = database.transaction('outbox').objectStore('outbox').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve([]);
    } catch {
      resolve([]);
    }
  });
}

/** null for what is damaged. */
function asKept(message) {
  const { room, id, time, text, reply, problem } = message ?? {};
  const valid = typeof room === 'string' && typeof text === 'string' && Number.isFinite(time);
  return valid ? { room, id, time, text, reply: String(reply ?? ''), problem: String(problem ?? '') } : null;
}
