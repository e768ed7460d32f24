// What the page gains with a script: answers without leaving it, reading aloud, copying, the conversation so
// far. Without it every form works as it stands.

const main = document.querySelector("form[data-main]");
const status = document.getElementById("status");
const place = document.getElementById("answer");
const widget = document.body.classList.contains("widget");
const previous = main ? [...main.querySelectorAll("[name=previous]")].map((input) => input.value) : [];
const KEPT = 5; // Earlier questions sent along; the server keeps no conversation.
let busy = false;

const field = () => main.elements.q;

function fault(text) {
  const line = document.getElementById("q-fault");
  line.textContent = text;
  field().toggleAttribute("aria-invalid", Boolean(text));
  if (text) field().focus();
}

function working(on) {
  busy = on;
  status.classList.toggle("busy", on);
  status.textContent = on ? main.dataset.working : "";
  main.querySelector(".send").setAttribute("aria-disabled", String(on));
}

/** Moves the answer that stands in the page into the list of earlier ones. */
function fileAway() {
  const turn = place.querySelector(".turn");
  if (!turn) return;
  const item = document.createElement("li");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = turn.dataset.question;
  turn.querySelectorAll(".choices").forEach((part) => part.remove());
  turn.classList.remove("new");
  details.append(summary, turn);
  item.append(details);
  document.getElementById("turns").prepend(item);
  document.getElementById("earlier").hidden = false;
}

async function ask(question) {
  if (busy) return;
  const text = question.trim();
  if (!text) {
    fault(main.dataset.empty);
    return;
  }
  fault("");
  hush();
  working(true);
  const body = new URLSearchParams({ q: text, lang: main.elements.lang.value, widget: widget ? "1" : "0" });
  previous.slice(-KEPT).forEach((earlier) => body.append("previous", earlier));
  try {
    const response = await fetch("/fragment/answer", { method: "POST", body, signal: AbortSignal.timeout(60000) });
    const answer = await response.text();
    if (!response.ok) {
      working(false);
      fault(response.headers.get("Content-Type")?.startsWith("text/plain") ? answer : main.dataset.failed);
      return;
    }
    show(answer, text);
  } catch {
    working(false);
    fault(main.dataset.failed);
  }
}

function show(answer, question) {
  const turn = new DOMParser().parseFromString(answer, "text/html").querySelector(".turn");
  working(false);
  fileAway();
  document.querySelector(".examples")?.remove();
  document.querySelector(".hero").classList.add("asked-already");
  main.querySelector("label").textContent = main.dataset.again;
  previous.push(question);
  field().value = "";
  turn.classList.add("new");
  place.replaceChildren(turn);
  prepare(turn);
  status.textContent = main.dataset.ready;
  const heading = turn.querySelector(".asked");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
  setTimeout(() => { if (!busy) status.textContent = ""; }, 3000);
}

// Reading aloud, with the reader's own browser and voices.
let speaking = null;

function hush() {
  if (!speaking) return;
  window.speechSynthesis.cancel();
  speaking.textContent = speaking.dataset.start;
  speaking.setAttribute("aria-pressed", "false");
  speaking = null;
}

// A row of a table is read cell by cell.
function spoken(part) {
  const texts = part.matches("tr") ? [...part.cells].map((cell) => cell.textContent) : [part.textContent];
  return texts.map((text) => text.trim()).filter(Boolean).join(", ");
}

function readAloud(button) {
  const again = speaking === button;
  hush();
  if (again) return;
  const turn = button.closest(".turn");
  const body = turn.querySelector(".body").cloneNode(true);
  body.querySelectorAll(".cite").forEach((mark) => mark.remove());
  const parts = [...body.querySelectorAll("p, li, tr")].map(spoken).filter(Boolean);
  const voice = window.speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("da"));
  parts.forEach((part, index) => {
    const words = new SpeechSynthesisUtterance(part);
    words.lang = "da-DK";
    if (voice) words.voice = voice;
    if (index === parts.length - 1) words.onend = words.onerror = () => { if (speaking === button) hush(); };
    window.speechSynthesis.speak(words);
  });
  speaking = button;
  button.textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
}

async function copyLink(button) {
  const link = new URL(button.parentElement.querySelector(".permalink").href);
  link.search = "";
  try {
    await navigator.clipboard.writeText(link.href);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 2500);
  } catch {
    location.assign(link); // No clipboard: the page at that address shows the link.
  }
}

// Feedback: a thumb is sent at once, then a comment may follow.
async function rate(form, helpful) {
  const thanks = form.querySelector(".thanks");
  const comment = form.elements.comment.value.trim();
  try {
    const response = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ answer_id: form.elements.answer_id.value, helpful, comment }),
    });
    if (!response.ok) {
      thanks.textContent = response.status === 404 ? thanks.dataset.unknown : thanks.dataset.failed;
      return;
    }
  } catch {
    thanks.textContent = thanks.dataset.failed;
    return;
  }
  form.querySelectorAll(".thumb").forEach((thumb) => thumb.setAttribute("aria-pressed", String((thumb.value === "1") === helpful)));
  thanks.textContent = comment ? thanks.dataset.thanksComment : thanks.dataset.thanks;
  const details = form.querySelector("details");
  details.hidden = Boolean(comment);
  if (!comment && !form.querySelector(".send")) {
    const send = document.createElement("button");
    send.className = "send";
    send.name = "helpful";
    send.textContent = thanks.dataset.send;
    details.append(send);
  }
  const send = form.querySelector(".send");
  if (send) send.value = helpful ? "1" : "0";
}

/** Shows the tools of an answer that only a script can serve. */
function prepare(root) {
  root.querySelectorAll(".read").forEach((button) => {
    button.hidden = !("speechSynthesis" in window);
    button.dataset.start = button.textContent;
  });
  root.querySelectorAll(".copy").forEach((button) => { button.hidden = !navigator.clipboard; });
  root.querySelectorAll(".feedback details").forEach((details) => { details.hidden = true; });
  if (widget) root.querySelectorAll(".permalink").forEach((link) => { link.target = "_blank"; });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.role === "ask" && main) {
    event.preventDefault();
    ask(event.submitter?.name === "q" ? event.submitter.value : form.elements.q.value);
  } else if (form.dataset.role === "feedback" && event.submitter) {
    event.preventDefault();
    form.querySelector("details").hidden = false;
    rate(form, event.submitter.value === "1");
  }
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("a, button");
  if (!target) return;
  if (target.matches(".read")) readAloud(target);
  if (target.matches(".copy")) copyLink(target);
  if (target.matches(".close")) window.parent.postMessage({ type: "raadbot-close" }, "*");
  if (target.matches(".cite")) {
    const card = document.getElementById(decodeURIComponent(target.hash.slice(1)));
    if (!card) return;
    event.preventDefault();
    document.querySelectorAll(".card.shown").forEach((other) => other.classList.remove("shown"));
    card.classList.add("shown");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
});

if (main) {
  main.noValidate = true; // Our own words for an empty field.
  field().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      main.requestSubmit();
    }
  });
  if (!CSS.supports("field-sizing", "content")) {
    field().addEventListener("input", () => {
      field().style.height = "auto";
      field().style.height = `${field().scrollHeight}px`;
    });
  }
}
if (widget && window.parent !== window) {
  document.querySelector(".close").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") window.parent.postMessage({ type: "raadbot-close" }, "*");
  });
}
window.addEventListener("pagehide", hush);
prepare(document);
document.querySelector(".asked")?.focus();
