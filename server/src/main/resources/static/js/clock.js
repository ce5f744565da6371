/** Keeps every figure of time on the page by the server's clock: durations, countdowns and the bars of windows. */
import { announce } from './site.js';

let ahead = 0; // how far the server's clock is before this machine's

export const now = () => Date.now() + ahead;

/** {@code 0:42}, {@code 12:05}, {@code 1:02:09}. */
export function figure(millis) {
  const seconds = Math.floor(Math.abs(millis) / 1000);
  const two = (n) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return seconds < 3600
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function set(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function drawWindow(element, time) {
  const data = element.dataset;
  const elapsed = Math.max(0, time - Number(data.opened));
  const left = data.deadline ? Number(data.deadline) - time : null;
  const over = left === null ? Boolean(data.target) && elapsed > Number(data.target) : left <= 0;
  const phase = over ? 'over' : left !== null && left <= Number(data.warning) ? 'warning' : 'calm';
  const share = Math.min(1, (left === null ? elapsed : Math.abs(left)) / Number(data.whole));
  set(
    element.querySelector('[data-window-figure]'),
    left === null ? figure(elapsed) : left > 0 ? figure(Math.ceil(left / 1000) * 1000) : `+${figure(left)}`,
  );
  set(element.querySelector('[data-window-word]'), wordOf(phase, left));
  set(element.querySelector('[data-window-elapsed]'), String(Math.floor(elapsed / 1000)));
  element.querySelector('[data-window-fill]').setAttribute('width', String(100 * share));
  if (data.phase !== phase) {
    data.phase = phase;
    if (!element.classList.contains('small') && phase !== 'calm') {
      announce(phase === 'warning' ? `${Math.ceil(left / 1000)} seconds left` : 'The time for this record is over.');
    }
  }
}

const wordOf = (phase, left) =>
  phase === 'warning' ? 'ends soon' : phase === 'over' ? (left === null ? 'past the target' : 'over') : '';

function tick() {
  const time = now();
  for (const element of document.querySelectorAll('[data-since]')) {
    set(element, figure(Math.max(0, time - Number(element.dataset.since))));
  }
  for (const element of document.querySelectorAll('[data-until]')) {
    const left = Number(element.dataset.until) - time;
    if (element.dataset.vanish !== undefined) {
      element.hidden = left <= 0;
    } else {
      set(element, left > 0 ? figure(Math.ceil(left / 1000) * 1000) : `+${figure(left)}`);
    }
  }
  document.querySelectorAll('[data-window]').forEach((element) => drawWindow(element, time));
}

let heard = ''; // the server's time as the newest part of the page brought it

function synchronize() {
  const server = document.querySelector('[data-now]')?.dataset.now ?? document.querySelector('meta[name="now"]').content;
  if (server !== heard) {
    heard = server;
    ahead = Number(server) - Date.now();
  }
}

function run() {
  tick();
  setTimeout(run, 1000 - (now() % 1000));
}

synchronize();
run();
document.addEventListener('htmx:afterSwap', () => {
  synchronize();
  tick();
});
document.addEventListener('visibilitychange', tick);
