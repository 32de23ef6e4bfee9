/** The number of a document in what a hand scanner types: two lines of 36 or 44 characters, or three of 30 (ICAO Doc 9303-3). */

export type Scanned = { kind: "none" } | { kind: "misread" } | { kind: "number"; number: string };

const weights = [7, 3, 1];
const value_of = (letter: string): number =>
  letter >= "0" && letter <= "9" ? Number(letter) : letter >= "A" && letter <= "Z" ? letter.charCodeAt(0) - 55 : 0;
/** Source: Doc 9303-3 section 4.9. */
const check_digit = (text: string): string =>
  String([...text].reduce((sum, letter, at) => sum + value_of(letter) * (weights[at % 3] ?? 0), 0) % 10);

const shapes: Record<number, [lines: number, columns: number]> = { 72: [2, 36], 88: [2, 44], 90: [3, 30] };

/** `none` while the zone is not whole, and for what is typed by hand. */
export function read_zone(text: string): Scanned {
  const characters = text.toUpperCase().replace(/\s+/g, "");
  const shape = shapes[characters.length];
  if (!shape || !characters.includes("<") || !/^[A-Z0-9<]+$/.test(characters)) return { kind: "none" };
  const [lines, columns] = shape;
  const start = lines === 3 ? 5 : columns;
  const digit = characters[start + 9] ?? "";
  let number = characters.slice(start, start + 9);
  let expected = digit;
  if (digit === "<" && columns !== 44) {
    // A longer number goes on in the optional data; its digit is the last character there.
    const rest = (lines === 3 ? characters.slice(15, 30) : characters.slice(columns + 28, columns + 35)).split("<")[0] ?? "";
    number += rest.slice(0, -1);
    expected = rest.slice(-1);
  }
  if (check_digit(number) !== expected) return { kind: "misread" };
  return { kind: "number", number: number.replaceAll("<", "") };
}

/** Letters and digits alone, without marks: how names and numbers are compared here. */
export const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
