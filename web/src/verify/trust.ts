/** Whom this device trusts: the bundle of the node, kept for when there is no network. It is signed, and the verifier checks it. */
const place = "/api/trust-bundle";
const store = "rcms-trust-1";

/** The newest bundle that can be had; null when there is neither network nor a kept one. `is_fresh`: just fetched. */
export async function read_trust(): Promise<{ bundle: string; is_fresh: boolean } | null> {
  const kept = "caches" in globalThis ? await caches.open(store) : null;
  try {
    const response = await fetch(place, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (response.ok) {
      await kept?.put(place, response.clone());
      return { bundle: await response.text(), is_fresh: true };
    }
  } catch {
    // no network: what was kept
  }
  const found = await kept?.match(place);
  return found ? { bundle: await found.text(), is_fresh: false } : null;
}
