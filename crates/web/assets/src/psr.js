// Wakes the components that JavaScript improves. Every page works without this file: it only adds comfort.

import {
  createAll,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
} from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}

if (document.querySelector('[data-module^="moj-"]')) {
  const { Alert, ButtonMenu, SortableTable } = await import("./moj-frontend.js");
  for (const component of [Alert, ButtonMenu, SortableTable]) createAll(component);
}

const addresses = document.querySelectorAll('[data-module="psr-address"]');
if (addresses.length > 0) {
  const { suggestAddresses } = await import("./addresses.js");
  addresses.forEach(suggestAddresses);
}

// On a narrow screen the list comes first: its filter starts folded unless something is chosen in it.
const narrow = window.matchMedia("(max-width: 48em)").matches;
for (const filter of document.querySelectorAll("details.psr-filter")) {
  if (narrow && !filter.querySelector(".psr-filter__chosen")) filter.open = false;
}

for (const button of document.querySelectorAll("[data-psr-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const passkeys = document.querySelectorAll("[data-passkey]");
if (passkeys.length > 0) {
  const { offerPasskey } = await import("./passkeys.js");
  passkeys.forEach(offerPasskey);
}
