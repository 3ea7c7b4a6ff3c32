// Moments in the reader's own time zone: <time data-local datetime="…">. Without scripts they stand as the server wrote them.
(() => {
  "use strict";
  const two = (number) => String(number).padStart(2, "0");
  function set() {
    for (const time of document.querySelectorAll("time[data-local][datetime]")) {
      const when = new Date(time.dateTime);
      if (Number.isNaN(when.getTime())) continue;
      time.textContent = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}`;
    }
  }
  set();
  document.addEventListener("htmx:afterSwap", set); // a part of the page came anew, as the server wrote it
})();
