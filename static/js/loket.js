// Everything works without this file; it only makes things smoother.

// Without this file there is no print button; the browser's own menu can print too.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// Print folded parts too; in newer browsers the stylesheets do that.
const folded = () => document.querySelectorAll('.report details:not([open]), .printed:not([open])');
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...folded()];
  unfolded.forEach(one => { one.open = true; });
});
addEventListener('afterprint', () => unfolded.forEach(one => { one.open = false; }));

// Without this file the link requests the page from the server with everything open, or folded.
document.querySelector('[data-unfold]')?.addEventListener('click', event => {
  const link = event.currentTarget;
  event.preventDefault();
  const all = link.closest('.report').querySelectorAll('details');
  const open = link.dataset.unfold === 'open';
  all.forEach(one => { one.open = open; });
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
  link.dataset.unfold = open ? 'fold' : 'open';
});

// Go to a figure without asking for the page again.
document.querySelector('[data-jump]')?.addEventListener('submit', event => {
  event.preventDefault();
  location.hash = `tabel-${event.target.elements.to.value}`;
});

// Unfold the target of a link; newer browsers do that by themselves.
function reveal() {
  const goal = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = goal && goal.closest('.report details:not([open])');
  if (!around) return;
  around.open = true;
  goal.scrollIntoView();
}
addEventListener('hashchange', reveal);
reveal();

// A second click must not send a form twice. Release the form after a while: a download leaves the page open.
document.addEventListener('submit', event => {
  const form = event.target;
  // Not form.method: that is a field, if the form has one named 'method'.
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(release, 5000, form);
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(release));

function release(form) {
  delete form.dataset.sent;
  form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
}

document.addEventListener('input', event => {
  const field = event.target;
  // Only one of the two searches is used: typing in one clears the other.
  if (field.dataset.clears && field.value) document.querySelector(field.dataset.clears).value = '';

  // 'Onbekend' replaces the typed answer: only one of them at a time; unticking restores the typed text.
  const others = field.closest('.instead')?.querySelectorAll('input') ?? [];
  for (const other of others) {
    if (other === field) continue;
    if (other.type === 'checkbox') {
      if (field.checked || field.type !== 'checkbox') other.checked = false;
    } else if (field.checked) {
      other.dataset.typed ||= other.value;
      other.value = '';
    } else if (!other.value) {
      other.value = other.dataset.typed ?? '';
    }
  }
});

const unreachable = shown => {
  const notice = document.getElementById('unreachable');
  if (notice) notice.hidden = !shown;
};
document.addEventListener('htmx:error', () => unreachable(true));

// Make the fields above the list show its filters: a tab clears the search, and some browsers fill fields in again.
function followList() {
  for (const [id, value] of Object.entries(document.getElementById('list')?.dataset ?? {})) {
    const field = document.getElementById(id);
    if (!field || field === document.activeElement) continue;
    if (field.type === 'checkbox') field.checked = value === '1';
    else field.value = value;
  }
}
addEventListener('pageshow', followList);

document.addEventListener('htmx:after:swap', () => {
  unreachable(false);
  followList();
  // A screen reader reads a live region only if the element stays and its text changes.
  const said = document.querySelector('[data-announce]');
  if (said) document.getElementById('announce').textContent = said.textContent.trim();
  // The followed link may be gone: keep the focus at the list instead of the top of the page.
  if (document.activeElement === document.body) document.getElementById('list')?.focus({preventScroll: true});
});
