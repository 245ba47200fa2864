/**
 * The page to draw on as the browser shows it: a module for anywidget, kept as text. The model has the label, and the drawing as a
 * data URL of a PNG, which is sent after each stroke.
 */
export const DRAWING_PAD_VIEW = `
export default {
  render({ model, el }) {
    const side = 320;
    const canvas = document.createElement("canvas");
    const clear = document.createElement("button");
    const row = document.createElement("div");
    const pen = canvas.getContext("2d");
    Object.assign(canvas, { width: side, height: side });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", model.get("label") + ": a page to draw on with a mouse, a pen or a finger");
    canvas.style.cssText = "background: #fff; outline: 1px solid #888; touch-action: none; cursor: crosshair; max-width: 100%";
    row.style.cssText = "display: flex; gap: 0.8em; align-items: center; color: var(--jp-content-font-color1, inherit); margin-bottom: 0.4em";
    clear.textContent = "Clear";
    const wipe = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, side, side);
    };
    const send = () => {
      model.set("picture", canvas.toDataURL("image/png"));
      model.save_changes();
    };
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [((event.clientX - box.left) * side) / box.width, ((event.clientY - box.top) * side) / box.height];
    };
    let down = false;
    const lineTo = (event) => {
      pen.lineTo(...at(event));
      pen.stroke();
    };
    const lift = () => {
      if (down) send();
      down = false;
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      down = true;
      // as wide as the lines of the drawings that the network was trained on: 2 of 72 parts
      Object.assign(pen, { lineWidth: side / 36, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
      pen.beginPath();
      pen.moveTo(...at(event));
      lineTo(event);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (down) lineTo(event);
    });
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    clear.addEventListener("click", () => {
      wipe();
      send();
    });
    const first = new Image();
    first.addEventListener("load", () => {
      pen.imageSmoothingEnabled = false;
      pen.drawImage(first, 0, 0, side, side);
    });
    first.src = model.get("picture");
    wipe();
    row.append(model.get("label"), clear);
    el.append(row, canvas);
  },
};
`;
