// For the municipality's own site:
//   <script src="https://spoerg.example.dk/widget.js" data-label="Spørg kommunen" data-lang="da" async></script>
// Adds a button in the corner that opens the service in a frame. Nothing is loaded before the button is pressed.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const english = script.dataset.lang === "en";
  const label = script.dataset.label || (english ? "Ask the municipality" : "Spørg kommunen");

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; }
    button { font: 650 1rem/1.2 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; min-height: 3rem; padding: 0 1.25rem; border: 2px solid #fff;
      border-radius: 1.5rem; background: #0b4a4f; color: #fff; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / 22%); }
    button:hover { background: #083538; }
    button:focus-visible { outline: 3px solid #0b4a4f; outline-offset: 3px; }
    iframe { display: block; position: fixed; right: 1rem; bottom: 5rem; width: min(27rem, calc(100vw - 2rem)); height: min(42rem, calc(100vh - 6.5rem));
      border: 1px solid #75838a; border-radius: 12px; background: #f7f6f2; box-shadow: 0 8px 40px rgb(0 0 0 / 25%); }
    iframe[hidden] { display: none; }
    @media (max-width: 34rem) { iframe { right: 0; bottom: 0; width: 100vw; height: 100%; border: 0; border-radius: 0; } }
    @media print { :host { display: none; } }`);
  root.adoptedStyleSheets = [style];

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  root.append(button);
  let frame = null;

  function open() {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = label;
      frame.src = `${home}/widget${english ? "?lang=en" : ""}`;
      frame.allow = "clipboard-write";
      frame.addEventListener("load", () => frame.focus());
      root.append(frame);
    }
    frame.hidden = false;
    button.setAttribute("aria-expanded", "true");
    frame.focus();
  }

  function close() {
    if (frame) frame.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? close() : open()));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  window.addEventListener("message", (event) => {
    const ours = frame && event.source === frame.contentWindow && event.origin === home;
    if (ours && event.data?.type === "raadbot-close") close();
  });
  const add = () => document.body.append(host);
  if (document.body) add();
  else document.addEventListener("DOMContentLoaded", add);
})();
