/** The floor board: an agent's side sheet, opened and closed without leaving the board. */
import './page.js';

const sheet = document.getElementById('sheet');
let opener = null;

function close() {
  sheet.hidden = true;
  sheet.replaceChildren();
  (opener?.isConnected ? opener : document.querySelector('#board button'))?.focus();
}

sheet.addEventListener('htmx:afterSwap', () => {
  opener = document.activeElement?.closest('.tile') ?? opener;
  sheet.hidden = false;
  sheet.querySelector('[data-sheet-title]')?.focus();
});

sheet.addEventListener('click', (event) => {
  if (event.target.closest('[data-sheet-close]')) {
    close();
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !sheet.hidden) {
    close();
  }
});
