// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is our name here? Shown at the top; a click turns it into a field, Enter saves, Esc leaves it.

import { avatar } from './avatar.js';
import { byId, element } from './dom.js';
import { maxPersonName, personNameProblem, tidied } from './names.js';
import { language, t } from './strings.js';

/** The host says why in English; other readers get the plain sentence. */
function whyRefused({ name, words }) {
  const sentence = t('nameRefused', { name });
  return language === 'en' && words ? `${sentence} ${words}` : sentence;
}

export class NameEditor {
  constructor(session) {
    this.session = session;
    this.button = byId('my-name');
    this.form = byId('name-form');
    this.field = byId('name-input');
    this.problem = byId('name-problem');
    this.button.addEventListener('click', () => this.open());
    this.form.addEventListener('submit', (event) => this.#save(event));
    this.form.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close(event));
    byId('name-cancel').addEventListener('click', () => this.#close());
    this.field.addEventListener('input', () => this.#say(''));
    session.addEventListener('me', () => this.#draw());
    session.addEventListener('refusedName', ({ detail }) => this.open(detail.name, whyRefused(detail)));
    this.#draw();
  }

  open(name = this.session.name, problem = '') {
    this.form.hidden = false;
    this.button.hidden = true;
    this.field.value = name;
    this.#say(problem);
    this.field.select();
    this.field.focus();
  }

  #draw() {
    const { name, person } = this.session;
    this.button.replaceChildren(avatar({ id: person?.id ?? '', name }, 'medium'), element('span', 'name', { dir: 'auto' }, name),
      element('span', 'icon icon-edit small', { 'aria-hidden': 'true' }));
    this.button.setAttribute('aria-label', t('changeName', { name }));
    this.button.title = t('changeName', { name });
  }

  #save(event) {
    event.preventDefault();
    const name = tidied(this.field.value);
    const problem = personNameProblem(name);
    if (problem) {
      this.#say(t(problem, { max: maxPersonName }));
      return;
    }
    if (name !== this.session.name || this.session.link.state === 'refused')
      this.session.rename(name);
    this.#close();
  }

  #close(event) {
    event?.stopPropagation();
    this.form.hidden = true;
    this.button.hidden = false;
    byId('chat-message-input').focus();
  }

  #say(problem) {
    this.problem.textContent = problem;
    this.problem.hidden = problem === '';
    this.field.toggleAttribute('aria-invalid', problem !== '');
  }
}
