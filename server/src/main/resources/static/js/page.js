/** What works on every page: live parts, clocks, menus, the theme, and the sheet of signs and keys. */
import './steady.js';
import './clock.js';
import './live.js';
import './storage.js';
import { notify } from './site.js';

/* theme: a cookie, so that the server sends the page in it and nothing flashes */
document.querySelector('[data-theme-toggle]').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  document.cookie = `afterword-theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
});

/* menus close when the work goes elsewhere */
const openMenus = () => document.querySelectorAll('details.menu[open]');
document.addEventListener('click', (event) => {
  openMenus().forEach((menu) => {
    if (!menu.contains(event.target) || event.target.closest('.menu-item')) {
      menu.open = false;
    }
  });
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }
});

/* signs and keys */
const shortcuts = document.getElementById('shortcuts');
if (shortcuts) {
  const single = shortcuts.querySelector('[data-single-keys]');
  single.checked = localStorage.getItem('afterword.singleKeys') !== 'off';
  single.addEventListener('change', () => localStorage.setItem('afterword.singleKeys', single.checked ? 'on' : 'off'));
  document.querySelector('[data-shortcuts]').addEventListener('click', () => shortcuts.showModal());
  document.addEventListener('keydown', (event) => {
    if (isSingleKey(event, '?')) {
      event.preventDefault();
      shortcuts.showModal();
    }
  });
}

/** Whether this is the key, pressed outside of text, by somebody who did not turn single keys off. */
export function isSingleKey(event, key) {
  return (
    event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey &&
    !event.target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]') &&
    !document.querySelector('dialog[open]') &&
    localStorage.getItem('afterword.singleKeys') !== 'off'
  );
}

/* a live part that cannot be fetched */
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status === 401 || event.detail.xhr.status === 403) {
    notify('You are signed out. Load the page again to sign in.', 'attention');
  }
});
