/**
 * What is kept on a device, of each user apart: one locked record. The key comes from words that only the user knows and is never
 * stored; it ends when the page is closed, locked or left idle. Without it a record says whose it is and how much waits, no name.
 */
export interface VaultRecord {
  user: string;
  login: string;
  salt: Uint8Array<ArrayBuffer>;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
  /** Ticks that were not sent: such a record is never wiped by itself. */
  unsent: number;
  /** Milliseconds since 1970: wiped after it when nothing waits. */
  keep_until: number;
}
export interface Storage {
  all: () => Promise<VaultRecord[]>;
  get: (user: string) => Promise<VaultRecord | undefined>;
  put: (record: VaultRecord) => Promise<void>;
  erase: (user: string) => Promise<void>;
}
/** An open record: content is read and changed only through it. */
export interface Vault<Content> {
  user: string;
  login: string;
  read: () => Promise<Content>;
  /** Reads, changes and writes as one step, also when the same user has the page open twice. */
  change: (next: (content: Content) => Content) => Promise<Content>;
}
export class WrongWords extends Error {}

/** Of PBKDF2 with SHA-256. Source: OWASP Password Storage Cheat Sheet. */
const rounds = 600_000;
/** Our own limits: no source. */
export const shortest_words = 8;
const keep_ms = 3 * 86_400_000;

async function key_of(words: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = new TextEncoder().encode(words.normalize("NFC"));
  const raw = await crypto.subtle.importKey("raw", material, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
/** The record is bound to its user: under the name of another it does not open. */
const lock_of = (user: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(user),
});

async function locked<Content>(
  key: CryptoKey,
  record: Pick<VaultRecord, "user" | "login" | "salt">,
  content: Content,
  unsent: number,
  now: number,
): Promise<VaultRecord> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(content));
  const data = await crypto.subtle.encrypt(lock_of(record.user, iv), key, text);
  return { user: record.user, login: record.login, salt: record.salt, iv, data, unsent, keep_until: now + keep_ms };
}
async function opened<Content>(key: CryptoKey, record: VaultRecord): Promise<Content> {
  let text: ArrayBuffer;
  try {
    text = await crypto.subtle.decrypt(lock_of(record.user, record.iv), key, record.data);
  } catch {
    throw new WrongWords();
  }
  return JSON.parse(new TextDecoder().decode(text)) as Content;
}

/** One after another, over all pages of the browser. */
async function in_turn<T>(user: string, act: () => Promise<T>): Promise<T> {
  if (typeof navigator === "undefined" || !navigator.locks) return act();
  return (await navigator.locks.request(`rcms-handover-${user}`, act)) as T;
}

/** Opens the record of a user, or makes it when there is none. Throws WrongWords. */
export async function open_vault<Content>(
  storage: Storage,
  who: { user: string; login: string },
  words: string,
  options: { first: Content; count_unsent: (content: Content) => number; now: () => number },
): Promise<Vault<Content>> {
  const known = await storage.get(who.user);
  const salt = known?.salt ?? crypto.getRandomValues(new Uint8Array(16));
  const key = await key_of(words, salt);
  const base = { user: who.user, login: who.login, salt };
  const write = async (content: Content): Promise<void> =>
    storage.put(await locked(key, base, content, options.count_unsent(content), options.now()));
  if (known) await opened<Content>(key, known);
  else await write(options.first);
  const read = async (): Promise<Content> => {
    const record = await storage.get(who.user);
    return record ? opened<Content>(key, record) : options.first;
  };
  return {
    ...who,
    read,
    change: (next) =>
      in_turn(who.user, async () => {
        const content = next(await read());
        await write(content);
        return content;
      }),
  };
}

/** Wipes what is over: nothing waits in it and its days have passed. */
export async function wipe_old(storage: Storage, now: number): Promise<void> {
  for (const record of await storage.all())
    if (record.unsent === 0 && record.keep_until < now) await storage.erase(record.user);
}
/** At sign-out: what was sent is wiped; what waits stays, locked. */
export async function wipe_sent(storage: Storage, user: string): Promise<void> {
  const record = await storage.get(user);
  if (record?.unsent === 0) await storage.erase(user);
}

function answer_of<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((found, failed) => {
    request.onsuccess = () => found(request.result);
    request.onerror = () => failed(request.error ?? new Error("the device keeps nothing"));
  });
}
function database(): Promise<IDBDatabase> {
  const request = indexedDB.open("rcms-handover", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("vaults", { keyPath: "user" });
  return answer_of(request);
}
async function with_store<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await database();
  try {
    const transaction = base.transaction("vaults", mode, { durability: "strict" });
    const done = new Promise<void>((ended, failed) => {
      transaction.oncomplete = () => ended();
      transaction.onabort = () => failed(transaction.error ?? new Error("the device keeps nothing"));
    });
    const answer = await answer_of(act(transaction.objectStore("vaults")));
    await done;
    return answer;
  } finally {
    base.close();
  }
}
/** The records of this browser. */
export const device_storage: Storage = {
  all: () => with_store("readonly", (store) => store.getAll() as IDBRequest<VaultRecord[]>),
  get: (user) => with_store("readonly", (store) => store.get(user) as IDBRequest<VaultRecord | undefined>),
  put: async (record) => void (await with_store("readwrite", (store) => store.put(record))),
  erase: async (user) => void (await with_store("readwrite", (store) => store.delete(user))),
};

/** Tells every open page of a hand-over that somebody signed out: they lock themselves. */
export const left_key = "rcms.left";
export async function leave_device(user: string): Promise<void> {
  localStorage.setItem(left_key, String(Date.now()));
  if (typeof indexedDB !== "undefined") await wipe_sent(device_storage, user).catch(() => undefined);
}
