/**
 * Keeps what a person types into a record: in this browser at once, on the server a moment later.
 *
 * What was typed is sent as a merge patch of the record with the version it was typed on. If the record moved on meanwhile,
 * the typed values are sent again on the newer version: what nobody touched here comes from the server, what was typed stays.
 * Edits outlive the form (another contact is shown), the network and the page.
 */
import { call, instantOf, notify, reason, refresh } from './site.js';

const PAUSE_MILLIS = 600; // after a key, before it is sent
const LONGEST_RETRY_MILLIS = 30_000;

const stores = new Map(); // by wrap-up

const storageKey = (wrapUp) => `afterword.unsaved.${wrapUp}`;

/** `{'/fields/amount': '30'}` → `{fields: {amount: '30'}}` */
export function patchOf(edits) {
  const patch = {};
  for (const [pointer, value] of edits) {
    const path = pointer.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.pop();
    path.reduce((node, part) => (node[part] ??= {}), patch)[last] = value;
  }
  return patch;
}

/** The typed but not yet saved values of one wrap-up. */
class Edits {
  constructor(form) {
    this.wrapUp = form.dataset.record;
    this.api = form.dataset.api;
    this.version = Number(form.dataset.version);
    this.values = new Map(JSON.parse(localStorage.getItem(storageKey(this.wrapUp)) ?? '[]'));
    this.saved = new Map(); // what was last sent from here and taken
    this.foreign = ''; // what another window had meanwhile
    this.failures = 0;
    this.timer = 0;
    this.sending = null;
  }

  get form() {
    return document.querySelector(`form[data-record="${CSS.escape(this.wrapUp)}"]`);
  }

  set(pointer, value, pause = PAUSE_MILLIS) {
    this.values.set(pointer, value);
    this.foreign = '';
    this.keep();
    this.say('unsaved', 'Not saved yet');
    this.saveIn(pause);
  }

  /** Forgets what is on the server now, unless it was typed over meanwhile. */
  settle(sent) {
    for (const [pointer, value] of sent) {
      if (JSON.stringify(this.values.get(pointer)) === JSON.stringify(value)) {
        this.values.delete(pointer);
      }
    }
    this.keep();
  }

  keep() {
    if (this.values.size) {
      localStorage.setItem(storageKey(this.wrapUp), JSON.stringify([...this.values]));
    } else {
      localStorage.removeItem(storageKey(this.wrapUp));
    }
    this.form?.querySelectorAll('[data-dirty]').forEach((holder) => {
      if (![...holder.querySelectorAll('[data-field], [data-list]')].some((input) => this.values.has(pointerOf(input)))) {
        delete holder.dataset.dirty;
      }
    });
  }

  saveIn(millis) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), millis);
  }

  /** Sends what is not saved; resolves once nothing is under way. */
  async save() {
    clearTimeout(this.timer);
    if (this.sending) {
      await this.sending;
    }
    if (this.values.size) {
      this.sending = this.send();
      await this.sending;
      this.sending = null;
    }
  }

  async send() {
    const sent = new Map(this.values);
    const answer = await call('PATCH', this.api, { body: { record: patchOf(sent) }, version: this.version, keepalive: true });
    if (answer.status === 200) {
      this.failures = 0;
      this.version = Number(answer.version);
      sent.forEach((value, pointer) => this.saved.set(pointer, value));
      this.settle(sent);
      clearProblems(this.form, sent.keys());
      this.say('saved', this.foreign || 'Saved');
      refresh();
    } else if (answer.status === 412) {
      this.version = answer.body.version;
      this.foreign = this.form ? foreignIn(this, sent, answer.body) : '';
      this.saveIn(0);
    } else if (answer.status === 0 || answer.status >= 500 || answer.status === 429) {
      this.failures += 1;
      this.say('unsaved', 'Not saved, will retry');
      this.saveIn(Math.min(LONGEST_RETRY_MILLIS, 1000 * 2 ** this.failures));
    } else {
      if (answer.status === 404 || answer.status === 409) {
        localStorage.removeItem(storageKey(this.wrapUp)); // never to be taken: stays on the page alone
      }
      this.say('unsaved', `Not saved: ${reason(answer)}`);
      if (!this.form?.isConnected) {
        notify(`What you typed last is not in the record: ${reason(answer)}`, 'attention');
      }
      showProblems(this.form, answer.body?.errors);
    }
  }

  say(state, words) {
    const place = this.form?.parentElement.querySelector('[data-saved]');
    if (place) {
      place.dataset.state = state;
      place.textContent = words;
    }
  }

  /** Puts what was typed earlier, and not saved, back into a form that has just been rendered. */
  restore() {
    for (const [pointer, value] of this.values) {
      inputsOf(this.form, pointer).forEach((input) => {
        write(input, value);
        markDirty(input);
      });
    }
    if (this.values.size) {
      this.say('unsaved', 'Not saved yet');
      this.saveIn(0);
    }
  }
}

/** The edits of the record that this form shows; made and restored when it is first seen. */
export function editsOf(form) {
  let edits = stores.get(form.dataset.record);
  if (!edits) {
    edits = new Edits(form);
    stores.set(form.dataset.record, edits);
  }
  edits.version = Math.max(edits.version, Number(form.dataset.version));
  return edits;
}

/* who leaves takes along what was typed: it is saved first, and stays in this browser only if that fails */
const LONGEST_FAREWELL_MILLIS = 2000;

document.addEventListener('submit', async (event) => {
  if (event.target.matches('form[data-sign-out]')) {
    event.preventDefault();
    const saved = Promise.all([...stores.values()].map((edits) => edits.save()));
    await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, LONGEST_FAREWELL_MILLIS))]);
    event.target.submit();
  }
});

export const pointerOf = (input) => input.dataset.field ?? input.dataset.list;

const inputsOf = (form, pointer) => [
  ...form.querySelectorAll(`[data-field="${CSS.escape(pointer)}"], [data-list="${CSS.escape(pointer)}"]`),
];

/**
 * What another window wrote where something else was typed here, in words; empty if nothing.
 *
 * @param now the record that the server has, with its provenance
 */
function foreignIn({ form, saved }, sent, now) {
  const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  for (const [pointer, typed] of sent) {
    const inputs = inputsOf(form, pointer);
    const value = valueAt(now.record, pointer);
    const known = [typed, renderedOf(inputs), saved.get(pointer)];
    if (inputs.length && now.provenance[pointer]?.status === 'typed' && !known.some((each) => same(each, value))) {
      return `Changed in another window to “${wordsOf(inputs, value)}”; yours was kept`;
    }
  }
  return '';
}

const valueAt = (record, pointer) =>
  pointer.slice(1).split('/').reduce((node, part) => node?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], record);

/** What the server had in these inputs when they were last rendered. */
function renderedOf(inputs) {
  const [input] = inputs;
  if (input?.dataset.list) {
    return inputs.filter((each) => each.defaultChecked).map((each) => each.value);
  }
  if (input?.type === 'radio') {
    return inputs.find((each) => each.defaultChecked)?.value ?? null;
  }
  if (input?.type === 'checkbox') {
    return input.dataset.kind === 'change' ? changeOf(input, input.defaultChecked) : input.defaultChecked;
  }
  const rendered = input?.options ? [...input.options].find((each) => each.defaultSelected)?.value : input?.defaultValue;
  return rendered || null;
}

/** A value as it stands on the page: the labels of codes, the text of everything else. */
function wordsOf(inputs, value) {
  const labelOf = (code) => inputs.find((each) => each.value === code)?.closest('label')?.querySelector('span')?.textContent;
  const words = [value?.new ?? value ?? ''].flat().map((each) => labelOf(each) ?? String(each));
  return words.join(', ');
}

function markDirty(input) {
  input.closest('[data-hold]')?.setAttribute('data-dirty', '');
}

/** What of the customer's data is to become another, if it is ticked. */
function changeOf(input, ticked) {
  const known = input.dataset.old === undefined ? {} : { old: input.dataset.old };
  return ticked ? { ...known, new: input.dataset.new } : null;
}

/** The value of an input as the record has it; null = empty. */
export function read(input) {
  if (input.dataset.list) {
    const part = input.closest('.part');
    return [...part.querySelectorAll('[data-list]:checked')].map((box) => box.value);
  }
  if (input.dataset.kind === 'change') {
    return changeOf(input, input.checked);
  }
  if (input.type === 'checkbox') {
    return input.checked;
  }
  if (input.value.trim() === '') {
    return null;
  }
  return input.dataset.kind === 'instant' ? instantOf(input.value) : input.value;
}

function write(input, value) {
  if (input.dataset.list) {
    input.checked = value.includes(input.value);
  } else if (input.type === 'checkbox') {
    input.checked = Boolean(value);
  } else if (input.type === 'radio') {
    input.checked = input.value === value;
  } else {
    input.value = value ?? '';
  }
}

/** The pointer of a problem as the API names it (`#/record/fields/amount`) → the nearest part that is on the page. */
function partOf(form, pointer) {
  const path = pointer.replace(/^#?(\/record)?/, '');
  for (let at = path; at; at = at.slice(0, at.lastIndexOf('/'))) {
    const part = form.querySelector(`[data-pointer="${CSS.escape(at)}"]`);
    if (part) {
      return part;
    }
  }
  return null;
}

function errorOf(part) {
  return part.querySelector(':scope > .part-error') ?? part.closest('.part').querySelector(':scope > .part-error');
}

/** Says at each place what is wrong there; returns the inputs concerned, in the order of the page. */
export function showProblems(form, errors = []) {
  const places = [];
  for (const { pointer, detail } of errors) {
    const part = partOf(form, pointer);
    if (part) {
      errorOf(part).textContent = detail.charAt(0).toUpperCase() + detail.slice(1);
      const input = part.querySelector('[data-field], [data-list]') ?? part.querySelector('button');
      input?.setAttribute('aria-invalid', 'true');
      places.push(input ?? part);
    }
  }
  return places.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

export function clearProblems(form, pointers) {
  if (!form) {
    return;
  }
  for (const pointer of pointers) {
    const part = partOf(form, pointer);
    if (part) {
      errorOf(part).textContent = '';
      part.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
    }
  }
}

const isText = (input) => input.matches('textarea, input:is([type="text"], [type="tel"], [type="email"], :not([type]))');

/** Text counts with each key, everything else once it is chosen. */
function edited(event) {
  const input = event.target;
  const form = input.closest?.('form[data-record]');
  if (form && pointerOf(input) && !input.readOnly && (event.type === 'input') === isText(input)) {
    markDirty(input);
    editsOf(form).set(pointerOf(input), read(input), isText(input) ? PAUSE_MILLIS : 0);
  }
}

document.addEventListener('input', edited);
document.addEventListener('change', edited);
window.addEventListener('online', () => stores.forEach((edits) => edits.save()));
window.addEventListener('pagehide', () => stores.forEach((edits) => edits.save()));
