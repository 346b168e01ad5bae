// The grid of prestaties: keys and pasting as in a spreadsheet, each row saved on leaving it. Without this file it is a
// plain form with one button; where saving fails, that button still works.
{
  const form = document.querySelector('form[data-grid]');
  const table = form?.querySelector('table');
  const PARTIAL = {'HX-Request': 'true', 'HX-Request-Type': 'partial'};
  // Longer bodies are refused when the page is left meanwhile.
  const KEPT_ALIVE = 60_000;

  const rowOf = element => element?.closest?.('tbody tr');
  const cellOf = event => event.target.closest?.('tbody input[inputmode]');
  const cellsOf = row => [...row.querySelectorAll('input[inputmode]')];
  const rowsOf = () => [...table.tBodies[0].rows];
  const wasOf = row => row.querySelector('input[type=hidden]');

  // Marks of a row, as data attributes: `typed` still has to be sent, `unsaved` differs from what is stored, and
  // `conflict` was changed by a colleague meanwhile: it is not sent until somebody types in it again.
  const typed = (row, value = true) => row.toggleAttribute('data-typed', value);
  const unsaved = (row, value = true) => row.toggleAttribute('data-unsaved', value);
  const conflict = (row, value = true) => row.toggleAttribute('data-conflict', value);

  const announce = text => { document.getElementById('announce').textContent = text; };

  function say(row, look, words, more = '') {
    const standing = row.lastElementChild;
    const state = Object.assign(document.createElement('span'), {className: `state ${look}`, textContent: words});
    const note = more && Object.assign(document.createElement('small'), {textContent: more});
    standing.replaceChildren(wasOf(row), ...[state, note].filter(Boolean));
  }

  function changed(row) {
    typed(row);
    unsaved(row);
    conflict(row, false);
    say(row, 'todo', form.dataset.typed);
  }

  /* Saving */

  const waiting = new Set();
  let sending = false;

  async function save(rows) {
    rows.forEach(row => waiting.add(row));
    if (sending || !waiting.size) return;
    sending = true;
    const sent = new Map([...waiting].map(row => [row, cellsOf(row).map(cell => cell.value)]));
    const body = new URLSearchParams({csrf_token: form.elements.csrf_token.value});
    for (const row of waiting) {
      row.querySelectorAll('input').forEach(field => body.append(field.name, field.value));
      typed(row, false);
      say(row, 'busy', form.dataset.saving);
    }
    waiting.clear();
    try {
      const keepalive = String(body).length < KEPT_ALIVE;
      take(await answered(form.action, {method: 'POST', headers: PARTIAL, body, keepalive}), sent);
    } catch {
      for (const row of sent.keys()) say(row, 'wrong', form.dataset.failed);
      announce(form.dataset.failed);
    }
    sending = false;
    save([]);
  }

  // The table of an answer; throws where the answer is another page, such as the one to sign in.
  async function answered(address, options) {
    const answer = await fetch(address, options);
    if (answer.status === 204) return null;
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('table[data-since]');
    if (!found) throw new Error('no rows');
    return found;
  }

  // Take over an answer: `sent` has what was sent of each row, and is null for what colleagues changed.
  function take(answer, sent) {
    if (!answer) return;
    form.dataset.since = answer.dataset.since;
    for (const sum of answer.tFoot.querySelectorAll('[data-sum]')) {
      table.querySelector(`tfoot [data-sum="${sum.dataset.sum}"]`).textContent = sum.textContent;
    }
    const fresh = new Map([...answer.tBodies[0].rows].map(row => [row.id, row]));
    if (sent) for (const [row, texts] of sent) saved(row, fresh.get(row.id), texts);
    else for (const row of fresh.values()) changedElsewhere(document.getElementById(row.id), row);
    if (sent) announce(report([...sent.keys()]));
  }

  function report(rows) {
    const wrong = rows.filter(row => row.hasAttribute('data-unsaved'));
    if (wrong.length) return wrong.map(row => `${row.cells[0].firstChild.textContent}: ${row.lastElementChild.textContent.trim()}`).join('. ');
    return rows.length > 1 ? form.dataset.done.replace('{}', rows.length) : rows[0].lastElementChild.textContent.trim();
  }

  function saved(row, fresh, texts) {
    if (!fresh) return say(row, 'wrong', form.dataset.failed);
    wasOf(row).value = wasOf(fresh).value;
    const cells = cellsOf(row);
    const same = cells.every((cell, place) => cell.value === texts[place]);
    cellsOf(fresh).forEach((cell, place) => {
      // What somebody types meanwhile stays.
      if (cells[place].value === texts[place]) show(cells[place], cell.value);
      for (const name of ['aria-invalid', 'aria-describedby']) {
        if (cell.hasAttribute(name)) cells[place].setAttribute(name, cell.getAttribute(name));
        else cells[place].removeAttribute(name);
      }
    });
    unsaved(row, fresh.hasAttribute('data-unsaved') || !same);
    row.classList.remove('changed');
    if (same) state(row, fresh);
    else changed(row);
    if (!same && row !== rowOf(document.activeElement)) save([row]);
  }

  function state(row, fresh) {
    row.lastElementChild.replaceChildren(
      wasOf(row), ...[...fresh.lastElementChild.childNodes].filter(node => node.type !== 'hidden').map(node => document.importNode(node, true)));
  }

  function show(cell, text) {
    const all = document.activeElement === cell && cell.value && cell.selectionEnd - cell.selectionStart === cell.value.length;
    cell.value = cell.defaultValue = text;
    if (all) cell.select();
  }

  /* Colleagues */

  let checked = Date.now();
  let active = false;

  // Ask only while somebody works in the grid: an open page alone must not keep a session from ending.
  async function check() {
    if (sending || document.hidden) return;
    [checked, active] = [Date.now(), false];
    try {
      take(await answered(`${form.dataset.grid}?since=${encodeURIComponent(form.dataset.since)}`, {headers: PARTIAL}), null);
    } catch { /* the next save tells */ }
  }

  function changedElsewhere(row, fresh) {
    if (!row || waiting.has(row) || wasOf(row).value === wasOf(fresh).value) return;
    wasOf(row).value = wasOf(fresh).value;
    row.classList.add('changed');
    const texts = cellsOf(fresh).map(cell => cell.value);
    if (row.hasAttribute('data-unsaved')) {
      // A cell that nobody touched here takes what the colleague saved.
      cellsOf(row).forEach((cell, place) => cell.value === cell.defaultValue && show(cell, texts[place]));
      conflict(row);
      say(row, 'wrong', form.dataset.changed, form.dataset.now.replace('{}', texts.map(text => text || 'leeg').join(' · ')));
    } else {
      cellsOf(row).forEach((cell, place) => show(cell, texts[place]));
      say(row, 'todo', form.dataset.changed);
    }
    announce(`${row.cells[0].firstChild.textContent}: ${form.dataset.changed}`);
  }

  /* Keys and pasting */

  function go(cell, down, right) {
    const row = rowOf(cell);
    const target = rowsOf()[row.sectionRowIndex + down];
    const next = target && cellsOf(target)[cellsOf(row).indexOf(cell) + right];
    if (next) {
      next.focus();
      next.select();
    } else if (down) leave(row);
  }

  function leave(row) {
    if (row.hasAttribute('data-typed') && !row.hasAttribute('data-conflict')) save([row]);
  }

  function onKey(event) {
    const cell = cellOf(event);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const down = {ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1}[event.key];
    const right = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const all = cell.selectionEnd - cell.selectionStart === cell.value.length;
    if (down) {
      event.preventDefault();
      go(cell, down, 0);
    } else if (right && !event.shiftKey && (all || cell.selectionEnd === cell.selectionStart
        && cell.selectionStart === (right > 0 ? cell.value.length : 0))) {
      event.preventDefault();
      go(cell, 0, right);
    } else if (event.key === 'Escape' && cell.value !== cell.defaultValue) {
      cell.value = cell.defaultValue;
      cell.select();
      changed(rowOf(cell));
    }
  }

  function onPaste(event) {
    const cell = cellOf(event);
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '');
    if (!cell || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const rows = rowsOf().slice(rowOf(cell).sectionRowIndex).map(cellsOf);
    const column = rows[0].indexOf(cell);
    const touched = new Set();
    let left = 0;
    text.split('\n').forEach((line, down) => line.split('\t').forEach((value, right) => {
      const target = rows[down]?.[column + right];
      if (!target) left += 1;
      else {
        target.value = value.trim().slice(0, target.maxLength);
        touched.add(rowOf(target));
      }
    }));
    touched.forEach(changed);
    cell.select();
    const notice = document.getElementById('left-out');
    notice.hidden = !left;
    notice.textContent = form.dataset.left.replace('{}', left);
    save(touched);
  }

  if (form) {
    form.addEventListener('keydown', onKey);
    form.addEventListener('paste', onPaste);
    form.addEventListener('input', event => cellOf(event) && changed(rowOf(event.target)));
    form.addEventListener('focusout', event => {
      const row = cellOf(event) && rowOf(event.target);
      if (row && !row.contains(event.relatedTarget)) leave(row);
    });
    form.addEventListener('focusin', event => {
      active = true;
      const from = rowOf(event.relatedTarget);
      if (from !== rowOf(event.target) && Date.now() - checked > 3000) check();
    });
    form.addEventListener('keydown', () => { active = true; });
    addEventListener('focus', check);
    setInterval(() => active && check(), form.dataset.every * 1000);
    let leaving = false;
    form.addEventListener('submit', () => { leaving = true; });
    addEventListener('beforeunload', event => {
      if (!leaving && table.querySelector('tr[data-unsaved]')) event.preventDefault();
    });
    addEventListener('pageshow', () => { leaving = false; });
  }
}
