/* A link with data-opens="id" opens the dialog of that id over the page. Without
   JavaScript, or without that dialog, it leads to its page like any other link. Focus and
   Escape are the browser's own. */

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (!opener || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const dialog = document.getElementById(opener.dataset.opens);
  if (!dialog?.showModal) return;
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
});

/* A click beside it closes it too: on the backdrop the dialog itself is the target. */
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.detail) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right &&
      event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});
