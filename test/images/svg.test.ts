/** Drawings as pixels, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderSvg } from "gan-lib";

const svg = (body: string, size = 'width="10" height="10"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 10 10">${body}</svg>`;
const RED = '<rect width="5" height="10" fill="#ff0000"/>';

test("a drawing fills the square, on its background", async () => {
  for (const size of ['width="10" height="10"', 'width="1000" height="1000"', ""]) {
    const bytes = await renderSvg(svg(RED, size), { side: 4 });
    assert.equal(bytes.length, 4 * 4 * 3);
    assert.deepEqual(
      [...bytes.subarray(0, 12)],
      [255, 0, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255],
    );
  }
  const onBlue = await renderSvg(svg(RED), { side: 2, background: [0, 0, 255] });
  assert.deepEqual([...onBlue.subarray(0, 6)], [255, 0, 0, 0, 0, 255]);
});

test("the same drawing gives the same bytes", async () => {
  const draw = () => renderSvg(svg('<circle cx="5" cy="5" r="4" fill="#123456"/>'), { side: 32 });
  assert.deepEqual(await draw(), await draw());
});

test("what is no drawing, broken, or refers to other files is refused", async () => {
  const refused = (text: string, message: RegExp): Promise<void> =>
    assert.rejects(renderSvg(text, { side: 4 }), message);
  await refused("", /the file is empty/);
  await refused("<html></html>", /no <svg> element/);
  await refused(svg(RED).slice(0, 80), /the drawing is broken/);
  await refused(svg('<image href="file:///etc/passwd"/>'), /refers to something outside of itself/);
  await refused(svg('<use href="http://example.org/a.svg#b"/>'), /outside of itself \(href="\)/);
  await refused(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg(RED)}`, /outside of itself \(<!ENTITY\)/);
  await refused(svg(RED) + " ".repeat(5 * 2 ** 20), /more than 4194304; simplify/);
  await assert.rejects(renderSvg(svg(RED), { side: 0 }), RangeError);
  await assert.rejects(renderSvg(svg(RED), { side: 5000 }), /at most 4096 pixels, got 5000/);
});
