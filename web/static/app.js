// Makes pages quicker and kinder; every form and link works without this file.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const on = (event, act) => document.addEventListener(event, act);
  const closest = (event, selector) => event.target.closest?.(selector);
  const amount = text => Math.round(parseFloat(String(text).replace(/\s/g, '').replace(',', '.')) * 1000) || 0;

  // Toasts leave after 8 s, unless the person is on one of them.
  const tend = () => document.querySelectorAll('#toasts .toast:not([data-seen])').forEach(toast => {
    toast.dataset.seen = '';
    const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 2000) : toast.remove();
    setTimeout(leave, 8000);
  });
  const say = text => {
    const box = find('#toasts');
    if (!box || [...box.children].some(toast => toast.textContent === text)) return;
    const toast = box.appendChild(document.createElement('div'));
    toast.className = 'toast';
    toast.role = 'alert';
    toast.appendChild(document.createElement('p')).textContent = text;
    tend();
  };

  // Stepper: the number changes at once by the multiple; htmx sends the absolute quantity on `change`.
  on('click', event => {
    const button = closest(event, 'form.stepper button[data-step]');
    const field = button && find('input:not([type=hidden])', button.form);
    if (!field || !window.htmx || !button.form.hasAttribute('hx-post')) return;
    event.preventDefault();
    const multiple = amount(button.form.dataset.multiple) || 1000, now = amount(field.value);
    const next = button.dataset.step > 0 ? Math.floor(now / multiple) + 1 : Math.ceil(now / multiple) - 1;
    const least = amount(button.form.dataset.least), wanted = Math.max(0, next * multiple);
    const fits = wanted >= least ? wanted : button.dataset.step > 0 ? Math.ceil(least / multiple) * multiple : 0;
    field.value = String(fits / 1000).replace('.', ',');
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  });
  on('focusin', event => { if (event.target.matches('.stepper input')) event.target.select(); });

  on('click', event => {
    const eye = closest(event, '[data-reveal]');
    if (!eye) return;
    const field = document.getElementById(eye.dataset.reveal), shown = field.type === 'password';
    const use = find('use', eye.closest('label'));
    field.type = shown ? 'text' : 'password';
    use?.setAttribute('href', use.getAttribute('href').replace(/#.*/, shown ? '#eye-off' : '#eye'));
  });

  on('click', async event => {
    const button = closest(event, '[data-copy]');
    if (!button) return;
    try { await navigator.clipboard.writeText(button.dataset.copy); say('Скопировано'); }
    catch { say('Выделите текст и скопируйте его'); }
  });

  // What failed is said; 401, 409 and 422 answer in their own place.
  on('htmx:response:error', event => {
    const status = event.detail.ctx.response.status;
    if (![401, 409, 422].includes(status)) say('Не получилось. Попробуйте ещё раз');
  });
  on('htmx:error', event => {
    const form = event.detail.ctx?.sourceElement?.closest('form.stepper');
    if (form) form.dataset.unsent = '';
    say(form ? 'Нет связи. Количество отправим, когда она появится' : 'Нет связи. Попробуйте ещё раз');
  });
  on('htmx:after:request', event => event.detail.ctx.sourceElement?.removeAttribute('data-unsent'));

  // When anything was last sent, by any tab: a page that Back brings out of memory knows whether it has grown old.
  const lastSent = () => { try { return localStorage.getItem('sent'); } catch { return null; } };
  const send = () => { try { localStorage.setItem('sent', Date.now()); } catch { /* storage is shut: pages stay as they are */ } };
  let known = lastSent();
  on('htmx:after:request', event => {
    if (event.detail.ctx.request.method === 'GET') return;
    send();
    known = lastSent();
  });
  addEventListener('online', () => document.querySelectorAll('form[data-unsent]').forEach(form => form.requestSubmit()));

  const line = () => { const note = find('#offline'); if (note) note.hidden = navigator.onLine; };
  addEventListener('online', line);
  addEventListener('offline', line);

  // A swapped error or heading that asks for focus gets it, so a screen reader hears it.
  const settle = () => {
    const wanted = find('[data-focus]');
    if (wanted) { wanted.removeAttribute('data-focus'); wanted.tabIndex = -1; wanted.focus(); }
    tend();
  };
  on('htmx:after:swap', settle);
  on('DOMContentLoaded', () => { settle(); line(); });

  // A plain form is sent once; coming back or 10 s free it again.
  const free = form => { delete form.dataset.sent; };
  on('submit', event => {
    if (event.defaultPrevented) return;
    if ('sent' in event.target.dataset) return event.preventDefault();
    event.target.dataset.sent = '';
    if (event.target.method === 'post') send();
    setTimeout(free, 10000, event.target);
  });

  // Back from the browser's memory: signed out or changed elsewhere, reload; else refresh the sum of the cart.
  addEventListener('pageshow', event => {
    document.querySelectorAll('form[data-sent]').forEach(free);
    if (!event.persisted) return;
    const marker = document.body.dataset.marker;
    const isSignedOut = marker && !document.cookie.includes(marker + '=');
    if (isSignedOut || lastSent() !== known) location.reload();
    else window.htmx?.trigger(document.body, 'cart-changed');
  });
})();
