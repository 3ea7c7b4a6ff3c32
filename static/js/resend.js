// A form that could not be taken: once its writer has signed in, in another tab, it gets the token of the new session.
(() => {
  "use strict";
  const form = document.querySelector("[data-resend]");
  if (!form) return;
  const state = form.querySelector("[data-resend-state]");

  async function look() {
    try {
      const answer = await fetch(form.dataset.tokenAddress, { redirect: "manual", cache: "no-store" });
      if (!answer.ok) throw new Error(answer.type);
      const { name, token } = await answer.json();
      form.elements.csrfmiddlewaretoken.value = token;
      state.textContent = form.dataset.signedIn.replace("{who}", name);
    } catch {
      state.textContent = form.dataset.signedOut;
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  addEventListener("focus", look);
})();
