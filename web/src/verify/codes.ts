/** Codes in a picture or a frame of the camera: zxing-cpp in WebAssembly, loaded when it is first needed. */
import reader_address from "zxing-wasm/reader/zxing_reader.wasm?url";

export type Pixels = Pick<ImageData, "data" | "width" | "height">;
const pixels_at_most = 60_000_000;

const load = async () => {
  const zxing = await import("zxing-wasm/reader");
  zxing.prepareZXingModule({ overrides: { locateFile: () => reader_address }, fireImmediately: false });
  return zxing.readBarcodes;
};
let reader: ReturnType<typeof load> | undefined;

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The contents in hexadecimal, each once; empty when there is none. `effort`: a frame of the camera is looked at quickly. */
export async function read_codes(pixels: Pixels, effort: "quick" | "thorough"): Promise<string[]> {
  const read = await (reader ??= load());
  const found = await read(pixels as ImageData, {
    formats: ["DataMatrix", "QRCode"],
    tryHarder: true,
    tryRotate: true,
    tryInvert: effort === "thorough",
    tryDownscale: true,
    maxNumberOfSymbols: 8,
  });
  return [...new Set(found.filter((one) => one.isValid && one.bytes.length > 0).map((one) => hex(one.bytes)))];
}

/** The same for parts of the picture that overlap by half: a small code on a whole page is found only so. */
async function read_parts(canvas: OffscreenCanvas, side: number): Promise<string[]> {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const found = new Set<string>();
  const starts = (length: number): number[] => {
    const all = [];
    for (let at = 0; at + side < length; at += side / 2) all.push(Math.floor(at));
    return [...all, Math.max(0, length - side)];
  };
  for (const y of starts(canvas.height))
    for (const x of starts(canvas.width)) {
      const part = context?.getImageData(x, y, Math.min(side, canvas.width), Math.min(side, canvas.height));
      if (part) for (const code of await read_codes(part, "quick")) found.add(code);
    }
  return [...found];
}

/** All codes of a picture in a file. Throws when it is no picture or too large. */
export async function read_picture(file: Blob): Promise<string[]> {
  const bitmap = await createImageBitmap(file);
  if (bitmap.width * bitmap.height > pixels_at_most) throw new RangeError();
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error();
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const whole = await read_codes(context.getImageData(0, 0, canvas.width, canvas.height), "thorough");
  // A second code beside the first counts too, so the parts are looked at in any case.
  const parts = await read_parts(canvas, Math.ceil(Math.max(canvas.width, canvas.height) / 4));
  return [...new Set([...whole, ...parts])];
}
