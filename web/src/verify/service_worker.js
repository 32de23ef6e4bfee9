// A page that is used without a network (/verify, /handover): it and what it loads are kept when it is first opened. The build
// (scripts/service_worker.mjs) puts the name of the page and the list in; another list is another version. Nothing of the API is
// kept here: trust lists are kept by /verify (trust.ts), what was taken along by /handover (vault.ts), locked.
const files = FILES;
const store = `rcms-PAGE-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(store)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("rcms-PAGE-") && name !== store;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  const name = event.request.mode === "navigate" ? "/PAGE" : url.pathname;
  if (!files.includes(name)) return;
  event.respondWith(caches.match(name, { cacheName: store }).then((kept) => kept ?? fetch(event.request)));
});
