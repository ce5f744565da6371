/**
 * Lights up, in what was said and done, the places that a statement or a field rests on, while it has the focus or the pointer.
 * Words are marked by a highlight over the text (no element is touched), their turn by a bar at its side.
 */

const OWNERS = '[data-statement], .field, .ticks li, .follow-up, .part';

/** `t12:3-40` → words of a turn; `nID:3-40` → keywords of a record; `aID` → a desktop action. */
function parse(places) {
  return places.split(' ').filter(Boolean).map((place) => {
    const words = /^t(\d+):(\d+)-(\d+)$/.exec(place);
    const note = /^n(.+):\d+-\d+$/.exec(place);
    if (note) {
      return { note: note[1] };
    }
    return words ? { turn: words[1], from: Number(words[2]), to: Number(words[3]) } : { action: place.slice(1) };
  });
}

function elementOf(place) {
  if (place.note) {
    return document.querySelector(`[data-keywords="${CSS.escape(place.note)}"]`);
  }
  return place.turn
    ? document.querySelector(`[data-turn="${place.turn}"]`)
    : document.querySelector(`[data-action="${CSS.escape(place.action)}"]`);
}

function rangeOf(words, from, to) {
  const text = words.firstChild;
  const range = document.createRange();
  range.setStart(text, Math.min(from, text.length));
  range.setEnd(text, Math.min(to, text.length));
  return range;
}

export function dim() {
  document.querySelectorAll('[data-lit]').forEach((element) => delete element.dataset.lit);
  CSS.highlights?.delete('evidence');
}

/** Lights what the buttons point to; returns the first place. */
function light(buttons) {
  dim();
  const ranges = [];
  let first = null;
  for (const place of [...buttons].flatMap((button) => parse(button.dataset.evidence))) {
    const element = elementOf(place);
    if (!element) {
      continue;
    }
    element.dataset.lit = '';
    first ??= element;
    const words = element.querySelector('[data-words]');
    if (words?.firstChild) {
      ranges.push(rangeOf(words, place.from, place.to));
    }
  }
  if (ranges.length) {
    CSS.highlights?.set('evidence', new Highlight(...ranges));
  }
  return first;
}

function show(element) {
  const pane = document.querySelector('[data-said-body]');
  if (!element || !pane?.contains(element) || pane.offsetParent === null) {
    return;
  }
  const place = element.getBoundingClientRect();
  const view = pane.getBoundingClientRect();
  if (place.top < view.top || place.bottom > view.bottom) {
    pane.scrollBy({
      top: place.top - view.top - view.height / 3,
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
    });
  }
}

/** The buttons of what is pointed at: its own, or those of the field or statement around it. */
function buttonsOf(target) {
  const own = target.closest?.('[data-evidence]');
  if (own) {
    return [own];
  }
  const owner = target.closest?.(OWNERS);
  return owner ? owner.querySelectorAll('[data-evidence]') : [];
}

/** The drafted sentence that the caret of the summary is in. */
function statementAt(textarea) {
  const statements = [...textarea.closest('.part').querySelectorAll('[data-statement]')];
  const caret = textarea.selectionStart;
  return statements.find((item) => {
    const start = textarea.value.indexOf(item.dataset.statement);
    return start >= 0 && caret >= start && caret <= start + item.dataset.statement.length;
  });
}

document.addEventListener('pointerover', (event) => {
  if (!event.target.closest?.('.record')?.contains(document.activeElement) || event.target.closest('[data-evidence]')) {
    light(buttonsOf(event.target));
  }
});
document.addEventListener('focusin', (event) => {
  if (event.target.matches('[data-field="/summary"]')) {
    return; // its caret says which sentence
  }
  if (event.target.closest('.record')) {
    show(light(buttonsOf(event.target)));
  }
});
document.addEventListener('selectionchange', () => {
  const active = document.activeElement;
  if (active?.matches?.('[data-field="/summary"]')) {
    const statement = statementAt(active);
    show(light(statement ? statement.querySelectorAll('[data-evidence]') : []));
    if (statement) {
      statement.dataset.lit = '';
    }
  }
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-evidence]');
  if (!button) {
    return;
  }
  open(true);
  const first = light([button]);
  show(first);
  const audio = document.querySelector('[data-audio]');
  if (audio && first?.dataset.start) {
    audio.currentTime = Number(first.dataset.start);
  }
});

/* on a narrow screen, what was said is a sheet from below */
function open(on) {
  const said = document.querySelector('[data-said]');
  const toggle = said?.querySelector('[data-said-toggle]');
  if (toggle && toggle.offsetParent !== null) {
    said.toggleAttribute('data-open', on);
    toggle.setAttribute('aria-expanded', String(on));
  }
}
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-said-toggle]')) {
    open(!document.querySelector('[data-said]').hasAttribute('data-open'));
  }
});

/* who reads the end of what is said goes on reading the end */
let atEnd = true;
document.addEventListener('htmx:beforeSwap', () => {
  const pane = document.querySelector('[data-said-body]');
  atEnd = !pane || pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
});
document.addEventListener('htmx:afterSwap', () => {
  const pane = document.querySelector('[data-said-body]');
  if (pane && atEnd && pane.dataset.live !== undefined) {
    pane.scrollTop = pane.scrollHeight;
  }
});
