/** Who sees drafts: the form calls the API, and says at its place what cannot be taken. */
import './page.js';
import { call, instantOf, reason } from './site.js';

const form = document.querySelector('[data-rollout]');
const error = form.querySelector('[data-error]');

function wanted() {
  const until = form.elements.shadowUntil.value;
  const most = {};
  for (const select of form.querySelectorAll('[data-most]')) {
    if (select.value !== 'PREFILL') {
      most[select.name] = select.value;
    }
  }
  return {
    shadowUntil: until ? instantOf(`${until}T00:00`) : null,
    holdout: Number(form.elements.holdout.value) / 100,
    most,
    queues: JSON.parse(form.dataset.queues),
  };
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  error.textContent = '';
  const answer = await call('PUT', form.dataset.path, { body: wanted() });
  button.removeAttribute('aria-busy');
  if (answer.status === 200) {
    location.reload();
    return;
  }
  const faults = (answer.body?.errors ?? []).map((fault) => ({ ...fault, control: controlOf(fault.pointer) }));
  error.textContent = faults.length > 0 ? faults.map(sentence).join(' ') : reason(answer);
  faults.find((fault) => fault.control)?.control.focus();
});

/** The field that a fault of the answer is about; undefined where the form has none. */
function controlOf(pointer = '') {
  const name = pointer.split('/').at(-1);
  return [...form.elements].find((control) => control.name !== '' && control.name === name);
}

function sentence({ pointer, detail, control }) {
  const what = control?.labels[0]?.textContent ?? pointer?.replace(/^#\//, '');
  return `${what ? `“${what}” ` : ''}${detail.replace(/\.$/, '')}.`;
}
