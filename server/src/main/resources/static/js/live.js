/** Tells the page's live parts that something changed, as the server's stream says it. */
import { base, refresh } from './site.js';

const GATHER_MILLIS = 150; // changes come in bursts; one look at the page answers them all

const topics = document.querySelector('meta[name="topics"]')?.content;
let waiting = 0;

function changed() {
  if (!waiting) {
    waiting = setTimeout(() => {
      waiting = 0;
      refresh();
    }, GATHER_MILLIS);
  }
}

function connected(on) {
  const sign = document.querySelector('[data-connection]');
  if (sign && (sign.dataset.state === 'on') !== on) {
    sign.dataset.state = on ? 'on' : 'off';
    sign.querySelector('[data-connection-word]').textContent = on ? 'Live' : 'Reconnecting';
  }
}

function listen() {
  const source = new EventSource(`${base}/api/v1/stream?topics=${topics}`);
  let again = false;
  source.onopen = () => {
    connected(true);
    if (again) {
      changed(); // whatever was missed meanwhile
    }
    again = true;
  };
  source.onerror = () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(listen, 5000);
    }
  };
  source.onmessage = changed;
  for (const name of [...topics.split(','), 'reset']) {
    source.addEventListener(name, changed);
  }
}

if (topics) {
  listen();
}
