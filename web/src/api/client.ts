/** One way to the server: JSON in, JSON or a typed error out; knows revisions, the CSRF header and idempotency keys. */
import type { Finding, Problem } from "./types.ts";

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.problem = problem;
  }
  get why(): string {
    return this.problem.why;
  }
  get findings(): Finding[] {
    return this.problem.findings;
  }
}

export interface Answer<T> {
  value: T;
  revision: string | null;
}
export interface CallOptions {
  query?: Record<string, string | number | boolean | string[] | null | undefined>;
  body?: unknown;
  raw?: Blob;
  revision?: number | string | null;
  key?: string;
  signal?: AbortSignal;
}

type Listener = () => void;
const expired = new Set<Listener>();
const line = new Set<(up: boolean) => void>();
/** Called when the server says the session is over, so the sign-in dialog can open over what was typed. */
export function onSessionExpired(listener: Listener): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}
/** Called with false when a request could not reach the server, with true when one did. */
export function onLine(listener: (up: boolean) => void): () => void {
  line.add(listener);
  return () => line.delete(listener);
}

export function query_text(query: CallOptions["query"]): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === "") continue;
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** What the server answered as an error, completed where a proxy or a lost line left members out. */
export function problem_of(status: number, body: unknown): Problem {
  const given = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  return {
    type: given.type ?? "about:blank",
    title: given.title ?? `HTTP ${status}`,
    status: given.status ?? status,
    why: given.why ?? (status === 0 ? "no_connection" : `http_${status}`),
    field: given.field ?? null,
    detail: given.detail ?? null,
    source: given.source ?? null,
    findings: given.findings ?? [],
    request_id: given.request_id ?? null,
  };
}

export function headers_of(method: string, options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-RCMS-Request"] = "1";
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.raw) headers["Content-Type"] = options.raw.type || "application/octet-stream";
  if (options.revision !== undefined && options.revision !== null) headers["If-Match"] = `"${options.revision}"`;
  if (method === "POST") headers["Idempotency-Key"] = options.key ?? crypto.randomUUID();
  return headers;
}

async function body_of(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const type = response.headers.get("Content-Type") ?? "";
  return type.includes("json") ? ((await response.json()) as unknown) : await response.text();
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    const body = options.raw ?? (options.body === undefined ? null : JSON.stringify(options.body));
    // A record reads differently for another person, in another language and on another day at the same revision: the browser
    // must not keep it and ask whether the revision still stands.
    const kept: RequestInit = { credentials: "same-origin", cache: "no-store" };
    const request: RequestInit = { method, headers: headers_of(method, options), body, ...kept };
    if (options.signal) request.signal = options.signal;
    response = await fetch(`/api${path}${query_text(options.query)}`, request);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    for (const listener of line) listener(false);
    throw new ApiError(problem_of(0, null));
  }
  for (const listener of line) listener(true);
  const body = await body_of(response);
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith("/session")) for (const listener of expired) listener();
    throw new ApiError(problem_of(response.status, body));
  }
  return { value: body as T, revision: response.headers.get("ETag")?.replace(/^W\/|"/g, "") ?? null };
}

export async function get<T>(path: string, query?: CallOptions["query"], signal?: AbortSignal): Promise<T> {
  const options: CallOptions = {};
  if (query) options.query = query;
  if (signal) options.signal = signal;
  return (await call<T>("GET", path, options)).value;
}
export async function post<T>(path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  return (await call<T>("POST", path, { ...options, ...(body === undefined ? {} : { body }) })).value;
}
export async function patch<T>(path: string, body: unknown, revision?: number | string): Promise<Answer<T>> {
  return call<T>("PATCH", path, { body, revision: revision ?? null });
}
export async function put<T>(path: string, body: unknown, revision?: number | string): Promise<T> {
  return (await call<T>("PUT", path, { body, revision: revision ?? null })).value;
}
export async function remove<T>(path: string, revision?: number | string): Promise<T> {
  return (await call<T>("DELETE", path, { revision: revision ?? null })).value;
}
export async function upload<T>(path: string, file: Blob, query?: CallOptions["query"]): Promise<T> {
  return (await call<T>("POST", path, { raw: file, ...(query ? { query } : {}) })).value;
}
/** The address of something the browser fetches itself (a picture, a PDF, a download). */
export function address(path: string, query?: CallOptions["query"]): string {
  return `/api${path}${query_text(query)}`;
}
