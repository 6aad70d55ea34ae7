// Withdrawing a record that should not count; for good, with a reason.

const BEFORE = ["draft", "sealed"];

/** Whether this record can still be withdrawn: it was begun, and nobody has laid the records side by side. */
export const mayWithdraw = (record, { state, pair }) =>
  record.rows.size > 0 && BEFORE.includes(state) && !["revealed", "closed"].includes(pair?.state);

/** `given`: root (the fold), record, letters, withdraw (told why). */
export function withdrawal({ root, record, letters, withdraw }) {
  const [form, why] = ["form", "input"].map((name) => root.querySelector(name));

  function asked(event) {
    event.preventDefault();
    const reason = why.value.trim();
    root.querySelector("[data-wrong]").hidden = reason.length > 0;
    if (!reason) return why.focus();
    root.open = false;
    withdraw(reason);
  }

  form.addEventListener("submit", asked);
  return { draw: () => (root.hidden = !mayWithdraw(record, letters)) };
}
