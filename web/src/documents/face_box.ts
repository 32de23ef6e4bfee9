/** The part of a photograph that is printed: moved and resized within the picture, in its shape of 35 × 45. */

export interface FaceBox {
  left: number;
  top: number;
  width: number;
}
export interface Picture {
  width: number;
  height: number;
}

/** As the server rounds it. */
export const height_of = (width: number): number => Math.floor((width * 45 + 17) / 35);

/** The widest box that the picture has room for. */
export function widest(picture: Picture): number {
  let width = picture.width;
  while (width > 1 && height_of(width) > picture.height) width = Math.min(width - 1, Math.floor((picture.height * 35) / 45));
  return width;
}

const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), Math.max(least, most));

/** The nearest box that lies inside the picture and is no smaller than `least`, unless the picture is. */
export function inside(box: FaceBox, picture: Picture, least: number): FaceBox {
  const most = widest(picture);
  const width = Math.round(between(box.width, Math.min(least, most), most));
  return {
    left: Math.round(between(box.left, 0, picture.width - width)),
    top: Math.round(between(box.top, 0, picture.height - height_of(width))),
    width,
  };
}

export function moved(box: FaceBox, right: number, down: number, picture: Picture, least: number): FaceBox {
  return inside({ ...box, left: box.left + right, top: box.top + down }, picture, least);
}

/** Larger or smaller about its own middle. */
export function resized(box: FaceBox, by: number, picture: Picture, least: number): FaceBox {
  const width = inside({ ...box, width: box.width + by }, picture, least).width;
  return inside(
    {
      left: box.left + (box.width - width) / 2,
      top: box.top + (height_of(box.width) - height_of(width)) / 2,
      width,
    },
    picture,
    least,
  );
}

/** What a key does; null: it is not ours. A step is a hundredth of the picture, with Shift one pixel. */
export function after_key(box: FaceBox, key: string, fine: boolean, picture: Picture, least: number): FaceBox | null {
  const step = fine ? 1 : Math.max(1, Math.round(picture.width / 100));
  switch (key) {
    case "ArrowLeft":
      return moved(box, -step, 0, picture, least);
    case "ArrowRight":
      return moved(box, step, 0, picture, least);
    case "ArrowUp":
      return moved(box, 0, -step, picture, least);
    case "ArrowDown":
      return moved(box, 0, step, picture, least);
    case "+":
    case "=":
      return resized(box, 2 * step, picture, least);
    case "-":
    case "_":
      return resized(box, -2 * step, picture, least);
    default:
      return null;
  }
}
