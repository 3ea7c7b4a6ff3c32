// The list of papers: finding a value within a facet, and facets that stay as they were after a change in place.
// Category tables: filtering the rows by their columns.
(() => {
  "use strict";
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  function findInFacet(field) {
    const wanted = folded(field.value.trim());
    const facet = field.closest("details");
    const more = facet.querySelector(".facet-more");
    if (more && wanted) more.open = true;
    for (const line of facet.querySelectorAll(".facet-values li")) {
      line.hidden = Boolean(wanted) && !folded(line.textContent).includes(wanted);
    }
  }

  function filterTable(table) {
    const fields = [...table.querySelectorAll("[data-column-find]")];
    const wanted = fields.map((field) => [Number(field.dataset.columnFind), folded(field.value.trim())]).filter(([, text]) => text);
    for (const body of table.tBodies) {
      let seen = 0;
      for (const row of body.rows) {
        if (row.hasAttribute("data-heading")) continue;
        row.hidden = !wanted.every(([column, text]) => folded(row.cells[column].textContent).includes(text));
        if (!row.hidden) seen += 1;
      }
      body.hidden = Boolean(wanted.length) && !seen;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-facet-find]")) findInFacet(event.target);
    if (event.target.matches("[data-column-find]")) filterTable(event.target.closest("table"));
  });

  // The server opens some facets; what the reader opened or closed since stays so.
  let remembered = null;
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "papers") return;
    remembered = new Map([...document.querySelectorAll("#facets details[id]")].map((part) => [part.id, part.open]));
    scrolled = document.getElementById("facets")?.scrollTop ?? 0;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "papers" || !remembered) return;
    for (const [id, open] of remembered) {
      const part = document.getElementById(id);
      if (part) part.open = open;
    }
    const facets = document.getElementById("facets");
    if (facets) facets.scrollTop = scrolled;
    const results = document.getElementById("results");
    if (results && results.getBoundingClientRect().top < 0) results.scrollIntoView();
  });
})();
