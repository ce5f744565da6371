/** A record that is read: evidence lights up, and sensitive values are shown to somebody who says why. */
import './evidence.js';
import { announce, base, call, notify, reason } from './site.js';

/** As long as it takes to copy a number by hand. */
const SHOWN_MILLIS = 60_000;

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('[data-reveal]');
  if (!form) {
    return;
  }
  event.preventDefault();
  const answer = await call('POST', `${base}/api/v1/wrap-ups/${encodeURIComponent(form.dataset.wrapUp)}/reveal`, {
    body: { field: form.dataset.reveal, reason: form.elements.reason.value },
  });
  if (answer.status !== 200) {
    notify(reason(answer), 'attention');
    return;
  }
  form.querySelector('output')?.remove();
  const value = document.createElement('output');
  value.className = 'revealed figures';
  value.textContent = answer.body.value;
  form.append(value);
  form.elements.reason.value = '';
  announce('The value is shown for a minute.');
  setTimeout(() => value.remove(), SHOWN_MILLIS);
});
