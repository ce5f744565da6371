/** The agent's panel: which contact is shown, the agent's state, and how a record is confirmed, put off or taken back. */
import './evidence.js';
import './hints.js';
import './picker.js';
import './page.js';
import { now } from './clock.js';
import { announce, base, call, instantOf, notify, reason, refresh, zone } from './site.js';
import { clearProblems, editsOf, patchOf, showProblems } from './record.js';

const panel = () => document.getElementById('panel');
const form = () => document.querySelector('form[data-record]');
const inWork = (selector) => document.querySelector(`.contact ${selector}`);

/* the shown contact: kept by the page, so that no answer to an older question brings another one back */
document.body.addEventListener('htmx:configRequest', (event) => {
  if (event.target.id === 'panel' && panel().dataset.contact) {
    event.detail.parameters.wrapUp = panel().dataset.contact;
  }
});

function show(wrapUp) {
  panel().dataset.contact = wrapUp;
  history.replaceState(null, '', wrapUp ? `${base}/panel/${encodeURIComponent(wrapUp)}` : `${base}/panel`);
  refresh();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-contact]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(link.dataset.contact);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const links = [...document.querySelectorAll('a[data-contact]')].filter((link) => link.offsetParent !== null);
    const at = links.findIndex((link) => link.hasAttribute('aria-current'));
    const next = links[event.key === 'ArrowDown' ? at + 1 : at - 1];
    if (next) {
      event.preventDefault();
      show(next.dataset.contact);
    }
  }
});

/* after each rendering: bring back what was typed, and put the focus where the work is */
let before = { contact: '', phase: '' };
let chosen = ''; // what comes after the shown contact, as the server said it last

function rendered() {
  noticeEnds();
  document.title = `${panel().dataset.title} · Afterword`;
  const shown = form();
  const after = { contact: shown?.dataset.record ?? '', phase: shown?.dataset.phase ?? '' };
  if (shown && after.contact !== before.contact) {
    editsOf(shown).restore();
  } else if (shown) {
    editsOf(shown);
  }
  const arrived = after.contact !== before.contact || after.phase !== before.phase;
  before = after;
  if (shown && arrived && (after.phase === 'OPEN' || after.phase === 'DEFERRED') && !isBusy()) {
    focusWork();
  }
  takeNext();
  sayNext();
}

const isBusy = () => document.activeElement?.closest('.contact, dialog, [data-said]');

function focusWork() {
  const needed = inWork('.part:has(.needed) :is([data-field], [data-picker-search])');
  const first = form().querySelector('[data-first="true"]');
  const inFirst = first?.querySelector('.chip :checked') ?? first?.querySelector('[data-field], [data-list], [data-picker-search]');
  const work = needed ?? inFirst ?? first ?? inWork('[data-confirm]');
  work?.focus({ preventScroll: true });
  work?.select?.();
}

/* a window that ended by itself: its dialogs close, and the person is told what became of the record */
let held = new Map(); // customers of the windows that held the agent at the last look, by wrap-up
const NOTICE_MILLIS = 20_000;

function noticeEnds() {
  const before = held;
  const windows = document.querySelectorAll('#held > :is([data-phase="OPEN"], [data-phase="OVERDUE"]):not([data-gone])');
  held = new Map([...windows].map((item) => [item.dataset.held, item.dataset.customer]));
  for (const [wrapUp, customer] of before) {
    if (!held.has(wrapUp)) {
      ['extend', 'defer'].forEach((kind) => document.getElementById(`${wrapUp}-${kind}`)?.close());
      sayEnd(wrapUp, customer);
    }
  }
}

async function sayEnd(wrapUp, customer) {
  const { status, body } = await call('GET', `${base}/api/v1/wrap-ups/${encodeURIComponent(wrapUp)}`);
  const over = `The time for ${customer} is over`;
  if (status === 200 && body.status === 'DEFERRED' && body.reason === 'deadline') {
    const due = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    notify(`${over}: the record is owed until ${due.format(new Date(body.dueAt))}.`, 'information', NOTICE_MILLIS);
  } else if (status === 200 && body.status === 'EXPIRED' && body.reason === 'deadline') {
    notify(`${over}: the record was closed with what there was.`, 'information', NOTICE_MILLIS);
  }
}

document.addEventListener('htmx:afterSettle', rendered);
rendered();

/* a button at work says so, and is not pressed twice */
async function busy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/* the agent's state */
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-state]');
  if (button) {
    busy(button, () => wantState(button.dataset.state, button.dataset.reason));
  }
});

async function wantState(state, why) {
  const held = document.querySelector('#held > li:not([data-gone])') !== null;
  const answer = await call('PUT', `${base}/api/v1/agents/${encodeURIComponent(panel().dataset.agent)}/state`, {
    body: { state, reason: why, when: state === 'OFFLINE' && held ? 'afterWrapUp' : 'now' },
  });
  if (answer.status === 200 || answer.status === 202) {
    chooseNext(state, why);
    refresh();
  } else {
    notify(reason(answer), 'late');
  }
}

/* a rest: asked for, or ended */
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-recovery]');
  if (button) {
    busy(button, async () => {
      const answer = await call(button.dataset.recovery, `${base}/api/v1/agents/${encodeURIComponent(panel().dataset.agent)}/recovery`);
      if (answer.status === 200) {
        refresh();
      } else {
        notify(reason(answer), 'late');
      }
    });
  }
});

/* confirming */

/** What was chosen in the state menu during a wrap-up is what the confirmation leads to. */
function chooseNext(state, why) {
  const next = inWork('[data-next]');
  const option = [...(next?.options ?? [])].find((each) => each.value === state && each.dataset.reason === why);
  if (option) {
    option.selected = true;
    sayNext();
  }
}

/** What the server says was chosen, when that has changed; else what is chosen here stays. */
function takeNext() {
  const now = inWork('[data-chosen]')?.dataset.chosen ?? '';
  const key = `${before.contact} ${now}`;
  if (now && key !== chosen) {
    chosen = key;
    const next = inWork('[data-next]');
    const option = [...next.options].find((each) => now === (each.value === 'NOT_READY' ? (each.dataset.reason ?? '') : each.value));
    if (option) {
      option.selected = true;
    }
  }
}

function sayNext() {
  const next = inWork('[data-next]');
  if (next) {
    inWork('[data-confirm-word]').textContent = next.selectedOptions[0].dataset.word;
  }
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-next]')) {
    sayNext();
  }
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-confirm]');
  if (button) {
    busy(button, confirm);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    inWork('[data-confirm]')?.click();
  }
});

async function confirm() {
  const shown = form();
  const edits = editsOf(shown);
  await edits.save();
  const next = inWork('[data-next]')?.selectedOptions[0]; // who works off what is owed stays as they are
  const typed = new Map(edits.values);
  const body = { next: next?.value, reason: next?.dataset.reason, draftId: shown.dataset.draft };
  if (typed.size) {
    body.record = patchOf(typed);
  }
  const answer = await retryOnce(() => call('POST', `${edits.api}/completion`, { body, version: edits.version }), edits);
  problem('');
  clearProblems(shown, [...shown.querySelectorAll('[data-pointer]')].map((part) => part.dataset.pointer));
  if (answer.status === 200) {
    edits.settle(typed);
    announce('Confirmed.');
    document.activeElement?.blur();
    show('');
  } else if (answer.status === 422) {
    const places = showProblems(shown, answer.body?.errors);
    problem(places.length > 1 ? `${places.length} parts need attention.` : reason(answer));
    places[0]?.focus();
  } else if (answer.status === 412) {
    problem('The draft has just changed. Look at it, then confirm again.');
    refresh();
  } else {
    problem(reason(answer));
  }
}

/* where there was no contact: one key closes the record as it is */
const NO_CONTACT_KEYS = { Digit1: 'SHORT', Digit2: 'WRONG_NUMBER', Digit3: 'SILENT', Digit4: 'TEST' };

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-no-contact]');
  if (button) {
    busy(button, () => closeAs(button.dataset.noContact));
  } else if (event.target.closest('[data-no-contact-menu]')) {
    openDialog('no-contact');
  }
});

document.addEventListener('keydown', (event) => {
  const why = event.altKey && !event.ctrlKey && !event.metaKey && NO_CONTACT_KEYS[event.code];
  if (why && inWork(`[data-no-contact="${why}"]`)) {
    event.preventDefault();
    inWork(`[data-no-contact="${why}"]`).click();
  }
});

async function closeAs(noContact) {
  const edits = editsOf(form());
  await edits.save();
  inWork('dialog[open]')?.close();
  const next = inWork('[data-next]')?.selectedOptions[0];
  const body = { noContact, next: next?.value, reason: next?.dataset.reason };
  const answer = await retryOnce(() => call('POST', `${edits.api}/completion`, { body, version: edits.version }), edits);
  if (answer.status === 200) {
    edits.settle(new Map(edits.values));
    announce('Closed without a record.');
    show('');
  } else {
    problem(reason(answer));
  }
}

/* keys that are pressed hold a deadline up for a moment; the server is told now and then, and often as it comes near */
const SELDOM_MILLIS = 10_000;
const OFTEN_MILLIS = 1_500;
const NEAR_MILLIS = 15_000;
let toldOfKeys = 0;
let toldOfRecord = '';

document.addEventListener('keydown', (event) => {
  const shown = form();
  if (!shown?.contains(event.target) || !['OPEN', 'OVERDUE'].includes(shown.dataset.phase)) {
    return;
  }
  const deadline = Number(inWork('[data-deadline]')?.dataset.deadline ?? Infinity);
  const pause = deadline - now() < NEAR_MILLIS ? OFTEN_MILLIS : SELDOM_MILLIS;
  const { api } = editsOf(shown);
  // the first key of a record is told at once: no policy approves what an agent has begun
  if (api !== toldOfRecord || now() - toldOfKeys >= pause) {
    toldOfKeys = now();
    toldOfRecord = api;
    call('POST', `${api}/input`); // where it fails, the next key tells again
  }
});

/** Once more on the record's newer version: a second window moved it on, what is typed here stays. */
async function retryOnce(attempt, edits) {
  const answer = await attempt();
  if (answer.status !== 412) {
    return answer;
  }
  edits.version = answer.body.version;
  return attempt();
}

function problem(words) {
  const place = inWork('[data-problem]');
  if (place) {
    place.textContent = words;
  }
}

/* taking back */
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-reopen]');
  if (button) {
    busy(button, async () => {
      const wrapUp = button.dataset.reopen;
      const answer = await call('POST', `${base}/api/v1/wrap-ups/${encodeURIComponent(wrapUp)}/reopening`);
      if (answer.status === 200) {
        show(wrapUp);
      } else {
        notify(reason(answer), 'late');
      }
    });
  }
});

/* more time, and finishing later */
function openDialog(kind) {
  const dialog = inWork(`dialog[id$="-${kind}"]`);
  dialog.querySelector('form').reset();
  dialog.showModal();
}

async function act(path, body) {
  const edits = editsOf(form());
  await edits.save();
  const answer = await call('POST', `${edits.api}/${path}`, { body });
  if (answer.status >= 200 && answer.status < 300) {
    problem('');
    refresh();
    return true;
  }
  problem(reason(answer));
  return false;
}

document.addEventListener('click', (event) => {
  const extend = event.target.closest('[data-extend]');
  if (extend?.dataset.extend === 'now') {
    busy(extend, () => act('extensions', {}));
  } else if (extend) {
    openDialog('extend');
  } else if (event.target.closest('[data-add-follow-up]')) {
    openDialog('follow-up');
  } else if (event.target.closest('[data-drop]')) {
    drop(event.target.closest('[data-drop]'));
  } else if (event.target.closest('[data-take]')) {
    take(event.target.closest('[data-take]'));
  } else if (event.target.closest('[data-defer]')) {
    openDialog('defer');
  } else if (event.target.closest('[data-close]')) {
    event.target.closest('dialog').close();
  }
});

/* follow-ups */
function addFollowUp(values) {
  const due = values.get('dueAt');
  const followUp = { kind: values.get('kind'), text: values.get('text'), owner: 'agent' };
  if (due) {
    followUp.dueAt = instantOf(due);
  }
  editsOf(form()).set(`/followUps/own-${crypto.randomUUID()}`, followUp, 0);
}

/** Takes over what is suggested of a part. */
function take(button) {
  const pointer = button.dataset.take;
  if (form().querySelector(`[data-pointer="${CSS.escape(pointer)}"] [data-dirty]`)) {
    notify('What you typed there stays; clear it to take over what is suggested.', 'attention');
    return;
  }
  const line = button.closest('li');
  line.hidden = true;
  const next = line.parentElement.querySelector('li:not([hidden]) [data-take]');
  (next ?? inWork('[data-field]')).focus();
  editsOf(form()).set(pointer, JSON.parse(button.dataset.value), 0);
}

/** Takes a follow-up out of the record; the line goes at once and stays gone unless that cannot be saved. */
function drop(button) {
  const pointer = button.dataset.drop;
  const edits = editsOf(form());
  [...edits.values.keys()].filter((key) => key.startsWith(`${pointer}/`)).forEach((key) => edits.values.delete(key));
  button.closest('li').dataset.gone = '';
  inWork('[data-add-follow-up]').focus();
  edits.set(pointer, null, 0);
}

document.addEventListener('submit', async (event) => {
  const values = new FormData(event.target);
  if (event.target.matches('[data-extend-form]')) {
    await act('extensions', { reason: values.get('reason') });
  } else if (event.target.matches('[data-follow-up-form]')) {
    addFollowUp(values);
  } else if (event.target.matches('[data-defer-form]')) {
    if (await act('deferral', { reason: values.get('reason'), owner: values.get('owner'), parts: [] })) {
      show('');
    }
  } else if (event.target.matches('form[data-record]')) {
    event.preventDefault(); // Enter in a field confirms nothing by accident
  }
});
