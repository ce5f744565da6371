/** Lists that an administrator works off: a button calls the API, and its row goes when that worked. */
import './page.js';
import { call, notify, reason } from './site.js';

const ask = document.getElementById('ask');

/** Asks before something is gone for good; resolves to whether to go on. */
function sure(words) {
  ask.querySelector('[data-ask-words]').textContent = words;
  ask.showModal();
  return new Promise((resolve) => {
    ask.addEventListener('close', () => resolve(ask.returnValue === 'yes'), { once: true });
  });
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-do]');
  if (!button || button.getAttribute('aria-busy') === 'true' || (button.dataset.ask && !(await sure(button.dataset.ask)))) {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  const answer = await call(button.dataset.do, button.dataset.path);
  button.removeAttribute('aria-busy');
  if (answer.status < 200 || answer.status >= 300) {
    notify(reason(answer), 'late');
  } else if (button.dataset.row) {
    document.getElementById(button.dataset.row).remove();
  } else {
    location.reload();
  }
});
