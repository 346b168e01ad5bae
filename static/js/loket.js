// Everything works without this file; it only makes it smoother.

// Without this file there is no button: the browser's own menu prints as well.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// What is folded is printed too; report.css sees to it in newer browsers, with or without this file.
const folded = () => document.querySelectorAll('.report details:not([open])');
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...folded()];
  unfolded.forEach(one => { one.open = true; });
});
addEventListener('afterprint', () => unfolded.forEach(one => { one.open = false; }));

// Without this file the server is asked for the page with everything open, or folded again.
document.querySelector('[data-unfold]')?.addEventListener('click', event => {
  const link = event.currentTarget;
  event.preventDefault();
  const all = link.closest('.report').querySelectorAll('details');
  const open = link.dataset.unfold === 'open';
  all.forEach(one => { one.open = open; });
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
  link.dataset.unfold = open ? 'fold' : 'open';
});

// Newer browsers unfold by themselves what a link leads to.
function reveal() {
  const goal = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = goal && goal.closest('.report details:not([open])');
  if (!around) return;
  around.open = true;
  goal.scrollIntoView();
}
addEventListener('hashchange', reveal);
reveal();

// A second click must not send a form twice. A form that answers with a download leaves the page open: free it again.
document.addEventListener('submit', event => {
  const form = event.target;
  // Not form.method: a field may be named so, and then it is that field.
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
  // Only one of the two searches counts.
  if (field.dataset.clears && field.value) document.querySelector(field.dataset.clears).value = '';

  // 'Onbekend' stands in for the answer: one of them at a time; unticking brings back what was typed.
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

// A tab drops what was looked for, and some browsers fill fields in again: the fields above the list say what it shows.
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
  // A live region is only read out when it stays and its text changes.
  const said = document.querySelector('[data-announce]');
  if (said) document.getElementById('announce').textContent = said.textContent.trim();
  // The link that was followed can be gone: do not send the keyboard back to the top of the page.
  if (document.activeElement === document.body) document.getElementById('list')?.focus({preventScroll: true});
});
