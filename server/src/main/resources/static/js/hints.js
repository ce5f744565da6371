/**
 * Says under a text, while it is typed, what of it was not heard in the contact or judges the customer. Hints only: nothing is
 * held up, and none comes while keys are pressed.
 */
import { call } from './site.js';

const PAUSE_MILLIS = 900; // after a key, before it is asked
const MOST_QUOTED = 4;

const OBSTACLES = {
  noWords: 'No words were heard, so what is typed cannot be checked.',
  language: 'The contact is in a language that cannot be checked.',
};

const timers = new Map(); // by wrap-up
const asked = new Map(); // the latest question, by wrap-up: older answers count for nothing

const textsOf = (form) => [...form.querySelectorAll('textarea[data-field]')].filter((text) => !text.readOnly);

function placeOf(input) {
  return input.closest('.part').querySelector('[data-hints]');
}

function words(hints) {
  const quoted = (list) => [...new Set(list.map((hint) => `“${hint.quote}”`))].slice(0, MOST_QUOTED).join(', ');
  const facts = hints.filter((hint) => hint.kind !== 'opinion' && hint.kind !== 'statement');
  const opinions = hints.filter((hint) => hint.kind === 'opinion');
  const statements = hints.filter((hint) => hint.kind === 'statement');
  return [
    facts.length ? `Not heard in this contact: ${quoted(facts)}.` : '',
    opinions.length ? `Reads as an opinion about the customer: ${quoted(opinions)}.` : '',
    statements.length ? `Little in this contact bears out ${quoted(statements)}.` : '',
  ].filter(Boolean).join(' ');
}

async function ask(form) {
  const inputs = textsOf(form);
  const texts = Object.fromEntries(inputs.map((input) => [input.dataset.field, input.value]));
  const question = Symbol(form.dataset.record);
  asked.set(form.dataset.record, question);
  const { status, body } = await call('POST', `${form.dataset.api}/hints`, { body: { texts } });
  if (asked.get(form.dataset.record) !== question) {
    return;
  }
  inputs.forEach((input, index) => {
    const hints = status === 200 ? body.hints.filter((hint) => hint.pointer === input.dataset.field) : [];
    const obstacle = status === 200 && index === 0 ? (OBSTACLES[body.obstacle] ?? '') : '';
    const place = placeOf(input);
    const said = obstacle || words(hints);
    if (place && place.textContent !== said) {
      place.textContent = said;
    }
  });
}

document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-record]');
  if (form && event.target.matches('textarea[data-field]') && !event.target.readOnly) {
    clearTimeout(timers.get(form.dataset.record));
    timers.set(form.dataset.record, setTimeout(() => ask(form), PAUSE_MILLIS));
  }
});
