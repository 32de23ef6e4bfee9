/** From what an officer measured on the alignment page to the shift of a printer, in tenths of a millimetre. */

/** Where the middle of the cross must be from both edges; printing.hpp of the server says the same. */
export const cross_mm = 20;
export const tenths_at_most = 50;

export interface Shift {
  right: number;
  down: number;
}
/** As typed, in millimetres with a point or a comma; empty: not measured, the shift stays. */
export interface Measured {
  left: string;
  top: string;
}

/** Null when it is no number of millimetres. */
export function tenths_of(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 10);
}

/** The shift that brings the cross to its place; null when something is no number or the printer lies beyond its limit. */
export function shift_after(before: Shift, measured: Measured): Shift | null {
  const after = (shift: number, text: string): number | null => {
    if (text.trim() === "") return shift;
    const found = tenths_of(text);
    if (found === null) return null;
    const wanted = shift + cross_mm * 10 - found;
    return Math.abs(wanted) > tenths_at_most ? null : wanted;
  };
  const right = after(before.right, measured.left);
  const down = after(before.down, measured.top);
  return right === null || down === null ? null : { right, down };
}
