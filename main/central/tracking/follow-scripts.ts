/**
 * What runs in a guest's browser: a button on the page, and a worker that shows what came. Plain
 * scripts, served as they stand: nothing is built for a page that has to load on any telephone.
 */
export const FOLLOW_SCRIPT = `'use strict';
(async () => {
  const button = document.getElementById('follow');
  if (!button || !('serviceWorker' in navigator) || !('PushManager' in window)) return;
  const api = '../api/v1/track/' + location.pathname.split('/').pop() + '/push';
  const worker = await navigator.serviceWorker.register('worker.js');
  let held = await worker.pushManager.getSubscription();
  const followed = () => localStorage.getItem('aura.followed') === location.pathname;
  const show = () => {
    const isOn = held !== null && followed();
    button.textContent = isOn ? button.dataset.off : button.dataset.on;
    button.setAttribute('aria-pressed', String(isOn));
    button.hidden = Notification.permission === 'denied';
  };
  const send = async (method, body) => {
    const answer = await fetch(api, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error('The restaurant did not take it: ' + answer.status);
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      if (held !== null && followed()) {
        await send('DELETE', { endpoint: held.endpoint });
        localStorage.removeItem('aura.followed');
      } else {
        held ??= await worker.pushManager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: button.dataset.key,
        });
        const { endpoint, keys } = held.toJSON();
        await send('POST', { endpoint, keys });
        localStorage.setItem('aura.followed', location.pathname);
      }
    } catch (error) {
      console.error(error);
    }
    button.disabled = false;
    show();
  });
  show();
})();
`

export const WORKER_SCRIPT = `'use strict';
self.addEventListener('push', (event) => {
  const { title, body, page, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: page }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data, self.registration.scope).href;
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((one) => one.url === url);
      return open ? open.focus() : self.clients.openWindow(url);
    }),
  );
});
`
