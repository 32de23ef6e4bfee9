/** The face box never leaves the picture, whatever keys are pressed, and keeps its shape. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { after_key, height_of, inside, moved, resized, widest } from "../src/documents/face_box.ts";

const picture = { width: 480, height: 440 };

test("the widest box has the shape of 35 × 45 and room in the picture", () => {
  assert.equal(widest(picture), 342);
  assert.equal(height_of(342), 440);
  assert.equal(widest({ width: 210, height: 4000 }), 210);
  assert.equal(widest({ width: 4000, height: 450 }), 350);
});

test("arrows move, plus and minus resize about the middle, other keys do nothing", () => {
  const box = { left: 100, top: 40, width: 240 };
  assert.deepEqual(after_key(box, "ArrowRight", false, picture, 210), { left: 105, top: 40, width: 240 });
  assert.deepEqual(after_key(box, "ArrowUp", true, picture, 210), { left: 100, top: 39, width: 240 });
  assert.deepEqual(after_key(box, "+", false, picture, 210), { left: 95, top: 34, width: 250 });
  assert.deepEqual(after_key(box, "-", false, picture, 210), { left: 105, top: 47, width: 230 });
  assert.equal(after_key(box, "Enter", false, picture, 210), null);
  assert.equal(after_key(box, "Tab", false, picture, 210), null);
});

test("no way of keys leads out of the picture", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-"];
  let box = inside({ left: -50, top: 900, width: 5 }, picture, 210);
  let seed = 7;
  for (let step = 0; step < 5000; step += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    box = after_key(box, keys[seed % keys.length] ?? "+", seed % 7 === 0, picture, 210) ?? box;
    assert.ok(box.left >= 0 && box.top >= 0 && box.width >= 210, JSON.stringify(box));
    assert.ok(box.left + box.width <= picture.width && box.top + height_of(box.width) <= picture.height, JSON.stringify(box));
  }
  assert.deepEqual(moved(box, 10_000, 10_000, picture, 210).left, picture.width - box.width);
  assert.equal(resized(box, 10_000, picture, 210).width, 342);
  assert.equal(resized(box, -10_000, picture, 210).width, 210);
});
