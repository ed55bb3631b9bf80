// The field of an address suggests those of the council's own list as somebody types: the combobox pattern of ARIA 1.2 on the field that
// the server drew, so that its label, hint and mistake stay its own. Focus stays in the field; arrows choose, Enter takes, Escape closes.
// What is typed goes to the server in the body of a request, never in an address. Any text may be left standing.

const PAUSE_MILLISECONDS = 150;
const FEWEST_LETTERS = 2;

export function suggestAddresses(box) {
  const input = box.querySelector("input:not([type=hidden])");
  const memory = box.querySelector("input[type=hidden]");
  const filled = [box.dataset.postcode, box.dataset.uprn].map((id) => (id ? document.getElementById(id) : null));
  const [postcode, uprn] = filled;
  const list = Object.assign(document.createElement("ul"), { id: `list-${input.id}`, className: "psr-address__list", hidden: true });
  const count = Object.assign(document.createElement("div"), { className: "govuk-visually-hidden" });
  const chosen = Object.assign(document.createElement("p"), { className: "govuk-hint psr-address__chosen" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Addresses");
  for (const said of [count, chosen]) said.setAttribute("role", "status");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  const wrapper = Object.assign(document.createElement("div"), { className: "psr-address__wrapper" });
  input.before(wrapper);
  wrapper.append(input, list);
  wrapper.after(chosen, count);
  box.querySelector(".psr-address__find").remove();

  let active = -1;
  let waiting;
  let asking;

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) move(-1);
  }

  function move(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    open(false);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch("/addresses", { method: "POST", body: new URLSearchParams({ typed: input.value }), signal });
      // Whoever is signed out meanwhile is led to another page: then nothing is suggested.
      if (!answer.ok || answer.redirected) return close();
      const options = await answer.text();
      if (signal.aborted) return;
      list.innerHTML = options;
      [...list.children].forEach((option, index) => (option.id = `${list.id}-${index + 1}`));
      active = -1;
      open(list.children.length > 0 && document.activeElement === input);
      const found = list.children.length;
      count.textContent = found === 0 ? "No address of the list is like it." : `${found} ${found === 1 ? "address" : "addresses"}. Use the arrow keys to choose.`;
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function take(option) {
    const { lines, postcode: code, uprn: reference } = option.dataset;
    input.value = postcode || !code ? lines : `${lines}, ${code}`;
    if (postcode) postcode.value = code;
    if (uprn) uprn.value = reference;
    memory.value = `${reference} ${input.value}`;
    chosen.textContent = `Chosen from the council’s list: UPRN ${reference}`;
    count.textContent = "";
    close();
  }

  /** Another address than the one that was chosen no longer has its postcode and reference. */
  function forget() {
    if (!memory.value) return;
    const [reference] = memory.value.split(" ");
    if (uprn?.value === reference) {
      uprn.value = "";
      if (postcode) postcode.value = "";
    }
    memory.value = "";
    chosen.textContent = "";
  }

  input.addEventListener("input", () => {
    forget();
    clearTimeout(waiting);
    if (input.value.trim().length < FEWEST_LETTERS) return close();
    waiting = setTimeout(ask, PAUSE_MILLISECONDS);
  });

  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (last < 0 || event.altKey) return;
      event.preventDefault();
      const wasOpen = !list.hidden;
      open(true);
      if (event.key === "ArrowDown") move(active === last ? -1 : active + 1);
      else move(active === -1 || !wasOpen ? last : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(list.children[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });

  input.addEventListener("blur", close);
  // A press on the list must not take the focus out of the field.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
