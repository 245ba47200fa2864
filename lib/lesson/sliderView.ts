/**
 * The slider as the page draws it: a module for anywidget, which runs in the browser and is therefore kept as text. The model
 * has the label, the values in words, and the index of the one that is chosen.
 */
export const SLIDER_VIEW = `
export default {
  render({ model, el }) {
    const words = model.get("words");
    const row = document.createElement("label");
    const input = document.createElement("input");
    const said = document.createElement("output");
    row.style.cssText = "display: flex; flex-wrap: wrap; gap: 0.6em; align-items: center; color: var(--jp-content-font-color1, inherit)";
    input.style.cssText = "flex: 0 1 24em; min-width: 8em";
    Object.assign(input, { type: "range", min: 0, max: words.length - 1, step: 1 });
    const say = () => {
      const index = model.get("index");
      input.value = index;
      said.textContent = words[index];
      input.setAttribute("aria-valuetext", words[index]);
    };
    input.addEventListener("input", () => {
      model.set("index", Number(input.value));
      model.save_changes();
    });
    model.on("change:index", say);
    row.append(model.get("label"), input, said);
    say();
    el.append(row);
  },
};
`;
