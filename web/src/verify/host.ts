/** What the browser lends to the verifier (web/verifier/host.hpp): curves and signatures, SHA-1, decompression. Public data only. */
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from "@noble/curves/misc.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { Unzlib } from "fflate";

/** By the object identifier, its content bytes in hexadecimal. Doc 9303-12 section 4.1.6.3: NIST and Brainpool curves. */
const curves = {
  "2a8648ce3d030107": p256,
  "2b81040022": p384,
  "2b81040023": p521,
  "2b2403030208010107": brainpoolP256r1,
  "2b240303020801010b": brainpoolP384r1,
  "2b240303020801010d": brainpoolP512r1,
};
type Curve = typeof p256;
const digests: Record<number, (content: Uint8Array) => Uint8Array> = { 224: sha224, 256: sha256, 384: sha384, 512: sha512 };

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes) || "0"}`);

/** The values of DER one after another; null when it is cut off. */
function values(der: Uint8Array): { tag: number; content: Uint8Array }[] | null {
  const found = [];
  for (let at = 0; at < der.length;) {
    const tag = der[at] ?? 0;
    let size = der[at + 1] ?? 0;
    at += 2;
    if (size > 0x82) return null;
    if (size >= 0x80) {
      const digits = size - 0x80;
      size = Number(number(der.subarray(at, at + digits)));
      at += digits;
    }
    if (at + size > der.length) return null;
    found.push({ tag, content: der.subarray(at, at + size) });
    at += size;
  }
  return found;
}

/** Explicit parameters are taken only when every number is that of a known curve, the generator too. */
function explicit_curve(content: Uint8Array): Curve | null {
  const [, field, equation, generator, order] = values(content) ?? [];
  const prime = field && values(field.content)?.[1];
  const [a, b] = (equation && values(equation.content)) ?? [];
  if (!prime || !a || !b || !generator || !order) return null;
  for (const curve of Object.values(curves)) {
    const known = curve.Point.CURVE();
    if (number(prime.content) !== known.p || number(order.content) !== known.n) continue;
    if (number(a.content) !== known.a || number(b.content) !== known.b) continue;
    const base = curve.Point.BASE;
    if ([base.toHex(false), base.toHex(true)].includes(hex(generator.content))) return curve;
  }
  return null;
}

function curve_of(parameters: Uint8Array): Curve | null {
  const [value] = values(parameters) ?? [];
  if (value?.tag === 0x06) return curves[hex(value.content) as keyof typeof curves] ?? null;
  return value?.tag === 0x30 ? explicit_curve(value.content) : null;
}

function holds(parameters: Uint8Array, point: Uint8Array, digest: number, message: Uint8Array, signature: Uint8Array): boolean {
  const hash = digests[digest];
  const curve = curve_of(parameters);
  if (!curve || !hash) return false;
  try {
    return curve.verify(signature, hash(message), point, { prehash: false, lowS: false });
  } catch {
    return false; // no point of the curve, or numbers out of range
  }
}

/** The content of a zlib stream; null when it is none or opens to more than `at_most` bytes. */
function opened(content: Uint8Array, at_most: number): Uint8Array | null {
  const out = new Uint8Array(at_most);
  let size = 0;
  let ended = false;
  const stream = new Unzlib((part, last) => {
    if (size + part.length > at_most) throw new RangeError();
    out.set(part, size);
    size += part.length;
    ended = last;
  });
  try {
    stream.push(content.slice(), true);
  } catch {
    return null;
  }
  return ended && adler32(out.subarray(0, size)) === number(content.subarray(-4)) ? out.subarray(0, size) : null;
}
function adler32(content: Uint8Array): bigint {
  let a = 1;
  let b = 0;
  for (const byte of content) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return BigInt(b) * 65536n + BigInt(a);
}

/** The functions by the names under which the verifier imports them; `memory` is known only after it was started. */
export function host_functions(memory: () => WebAssembly.Memory): WebAssembly.ModuleImports {
  const bytes = (at: number, size: number): Uint8Array => new Uint8Array(memory().buffer, at >>> 0, size >>> 0).slice();
  return {
    order_bits: (at: number, size: number): number => curve_of(bytes(at, size))?.Point.CURVE().n.toString(2).length ?? 0,
    verifies: (
      curve: number,
      curve_size: number,
      point: number,
      point_size: number,
      digest: number,
      message: number,
      message_size: number,
      signature: number,
      signature_size: number,
    ): number =>
      Number(
        holds(
          bytes(curve, curve_size),
          bytes(point, point_size),
          digest,
          bytes(message, message_size),
          bytes(signature, signature_size),
        ),
      ),
    sha1: (at: number, size: number, to: number): void => {
      new Uint8Array(memory().buffer).set(sha1(bytes(at, size)), to >>> 0);
    },
    unzip: (at: number, size: number, to: number, at_most: number): number => {
      const content = opened(bytes(at, size), at_most);
      if (!content) return -1;
      new Uint8Array(memory().buffer).set(content, to >>> 0);
      return content.length;
    },
  };
}
