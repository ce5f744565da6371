/** Finding and choosing among many: a search over a list of radio buttons or checkboxes, and number keys for suggestions. */
import { isSingleKey } from './page.js';
import { announce } from './site.js';

const MOST = 8;

function words(text) {
  return text.toLowerCase().normalize('NFKD').split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function search(input) {
  const picker = input.closest('.picker');
  const list = picker.querySelector('[data-picker-list]');
  const sought = words(input.value);
  let found = 0;
  for (const choice of list.children) {
    const has = words(choice.dataset.words);
    const fits = sought.length > 0 && sought.every((word) => has.some((other) => other.startsWith(word)));
    choice.hidden = !fits || found >= MOST;
    found += fits ? 1 : 0;
  }
  list.hidden = found === 0;
  picker.querySelector('[data-picker-found]').textContent =
    sought.length === 0 ? '' : found === 0 ? 'Nothing found' : `${found} found`;
}

function close(picker) {
  const input = picker.querySelector('[data-picker-search]');
  if (input.value) {
    input.value = '';
    search(input);
  }
}

const visible = (picker) => [...picker.querySelectorAll('.picker-choice:not([hidden]) input')];

document.addEventListener('input', (event) => {
  if (event.target.matches('[data-picker-search]')) {
    search(event.target);
  }
});

document.addEventListener('change', (event) => {
  const choice = event.target.closest('.picker-choice');
  if (choice) {
    promote(choice);
  }
});

/** Moves what was chosen in the list to where it is always seen, and closes the list. */
function promote(choice) {
  const picker = choice.closest('.picker');
  const input = choice.querySelector('input');
  choice.className = 'chip';
  choice.querySelector('.path')?.remove();
  picker.before(choice);
  close(picker);
  choice.hidden = false; // moving it took the focus away, and the list hides all its choices when it loses the focus
  input.focus();
}

/** In the list, arrows move the focus and choose nothing, unlike those of radio buttons; Enter or space chooses. */
function moveAmong(picker, event) {
  const choices = visible(picker);
  const at = choices.indexOf(event.target);
  const input = picker.querySelector('[data-picker-search]');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    (choices[event.key === 'ArrowDown' ? at + 1 : at - 1] ?? (event.key === 'ArrowUp' ? input : event.target)).focus();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    event.target.click();
  } else if (event.key === 'Escape') {
    input.focus();
    close(picker);
  }
}

document.addEventListener('keydown', (event) => {
  const picker = event.target.closest?.('.picker');
  if (picker && event.target.matches('[data-picker-search]')) {
    const choices = visible(picker);
    if (event.key === 'ArrowDown' && choices.length) {
      event.preventDefault();
      choices[0].focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choices[0]?.click();
    } else if (event.key === 'Escape') {
      close(picker);
    }
    return;
  }
  if (picker) {
    moveAmong(picker, event);
    return;
  }
  const suggestions = event.target.closest?.('[data-suggestions]');
  if (suggestions && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    const chosen = suggestions.querySelectorAll('.chip input')[Number(event.key) - 1];
    if (chosen) {
      event.preventDefault();
      chosen.focus();
      chosen.click();
    }
  }
  if (isSingleKey(event, '/')) {
    const first = document.querySelector('[data-suggestions] [data-picker-search]');
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
});

/* with Alt, the number keys reach the suggestions from everywhere in the record and leave the focus where it is */
document.addEventListener('keydown', (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const elsewhere = event.target !== document.body && !event.target.closest('.contact');
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey || elsewhere || document.querySelector('dialog[open]')) {
    return;
  }
  const chosen = document.querySelectorAll('[data-suggestions] .chip input')[digit - 1];
  if (chosen && !chosen.disabled) {
    event.preventDefault();
    chosen.click();
    announce(`Disposition: ${chosen.closest('.chip').querySelector('span').textContent}`);
  }
});

document.addEventListener('focusout', (event) => {
  const picker = event.target.closest?.('.picker');
  if (picker && !picker.contains(event.relatedTarget)) {
    close(picker);
  }
});
