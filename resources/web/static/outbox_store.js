// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said or changed and has not come back yet, over reloads, over the browser's end and its crash: in localStorage, which
// has it at once, so that the page may be left in the same moment, until a database has written it, which outlasts a
// browser that is killed. Tabs of one host share it, and tell each other what has arrived or was deleted. Without a
// database localStorage has to do; a browser may forbid that too, or be full: then it lasts as long as the page.

import * as local from './local_outbox.js';

const openLimit = 3000; // ms; a browser that does not open its database by then is taken to have none until it does

export class OutboxStore {
  #database = this.#open(); // promise; null where there is none
  #channel = null;

  /** forgotten(id) is called when another tab has forgotten an entry; late() when there are more entries than was known. */
  constructor(forgotten, late) {
    Object.assign(this, { forgotten, late });
    local.watch((id) => {
      this.#drop(id); // that tab may have no database
      forgotten(id);
    });
  }

  /** Resolves to true once the entry outlasts the browser. `problem` says why the host refused it, '' if it did not. */
  async keep(room, entry) {
    const record = asRecord(room, entry);
    const isInReach = local.keep(record);
    const database = await this.#database;
    if (!database || !(await written(database, (table) => table.put(record))))
      return isInReach;
    local.moved(record.id);
    return true;
  }

  async forget(id) {
    local.forget(id);
    if (await this.#drop(id))
      this.#channel?.postMessage(id);
  }

  /**
   * All that is kept, of all rooms and tabs, in order: {room, type: 'say', id, time, problem, text, reply}, and changes as
   * changes.js has them.
   */
  async entries() {
    const database = await this.#database;
    const all = local.records(); // with a database, what it could not take
    const known = new Set(all.map((record) => record?.id));
    if (database)
      all.push(...(await everything(database)).filter((record) => !known.has(record?.id)));
    return all.map(asEntry).filter((entry) => entry !== null).sort((a, b) => a.time - b.time);
  }

  /** Resolves to true if there is a database, which has it no more. */
  async #drop(id) {
    const database = await this.#database;
    return database !== null && written(database, (table) => table.delete(id));
  }

  #open() {
    const opening = opened();
    let isLate = false;
    const limit = new Promise((resolve) => setTimeout(() => {
      isLate = true;
      resolve(null);
    }, openLimit));
    opening.then((database) => {
      if (!database || !isLate)
        return;
      this.#database = this.#adopt(database); // at once: what is forgotten meanwhile waits for it
      this.#database.then(() => this.late());
    });
    return Promise.race([opening, limit]).then((database) => database && this.#adopt(database));
  }

  async #adopt(database) {
    const again = () => {
      this.#database = this.#open();
    };
    database.onclose = again; // the browser's data were deleted
    database.onversionchange = () => {
      database.close();
      again();
    };
    this.#share();
    await takeOver(database);
    return database;
  }

  #share() {
    this.#channel ??= new BroadcastChannel('parlour-outbox');
    this.#channel.onmessage = ({ data }) => this.forgotten(data);
  }
}

function opened() {
  return new Promise((resolve) => {
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

/** What earlier pages have left in localStorage, or tabs that have no database. */
async function takeOver(database) {
  const found = local.records().filter((record) => record !== null);
  if (found.length > 0 && await written(database, (table) => found.forEach((record) => table.put(record))))
    found.forEach(({ id }) => local.moved(id));
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

/** A change stands in a member of its own: pages of earlier versions took it for a message else, and would say it. */
function asRecord(room, { id, time, problem, type, text, reply, of, emoji, on }) {
  const record = { id, room, time, problem };
  return type === 'say' ? { ...record, text, reply } : { ...record, change: { type, of, text, emoji, on } };
}

/** null for what is damaged. */
function asEntry(record) {
  const { room, id, time, problem, change } = record ?? {};
  const content = change === undefined ? asMessage(record ?? {}) : asChange(change ?? {});
  const isValid = content !== null && typeof room === 'string' && Number.isFinite(time);
  return isValid ? { room, id, time, problem: String(problem ?? ''), ...content } : null;
}

function asMessage({ text, reply }) {
  return typeof text === 'string' ? { type: 'say', text, reply: String(reply ?? '') } : null;
}

function asChange({ type, of, text, emoji, on }) {
  if (typeof of !== 'string')
    return null;
  switch (type) {
  case 'edit':
    return typeof text === 'string' ? { type, of, text } : null;
  case 'delete':
    return { type, of };
  case 'react':
    return typeof emoji === 'string' ? { type, of, emoji, on: on === true } : null;
  default:
    return null;
  }
}
