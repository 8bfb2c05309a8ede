// Dragging a note onto a topic: an extra beside the ticks and the button of the same form.
"use strict";

const gather = document.getElementById("bundel");
if (gather) {
  let dragged = null;
  for (const note of document.querySelectorAll("[data-note]")) {
    note.draggable = true;
    note.addEventListener("dragstart", (event) => {
      dragged = note.dataset.note;
      event.dataTransfer.setData("text/plain", dragged);
      event.dataTransfer.effectAllowed = "move";
    });
    note.addEventListener("dragend", () => { dragged = null; });
  }
  for (const topic of document.querySelectorAll("[data-topic]")) {
    const over = (on) => topic.classList.toggle("drop", on);
    topic.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(true);
    });
    topic.addEventListener("dragleave", () => over(false));
    topic.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(false);
      for (const box of gather.querySelectorAll("[name=notitie]")) {
        if (box.value === dragged) box.checked = true;
      }
      gather.querySelector("[name=onderwerp]").value = topic.dataset.topic;
      gather.requestSubmit(gather.querySelector("[value=bundel]"));
    });
  }
}
