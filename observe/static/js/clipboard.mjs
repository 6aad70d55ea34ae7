// Texts that a person takes elsewhere.

/** Whether a text was copied: with the clipboard of a secure page, or as a hand would where there is none. */
export const copied = async (text, { clipboard = navigator.clipboard, page = document } = {}) => {
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return byHand(text, page);
  }
};

function byHand(text, page) {
  const area = page.createElement("textarea");
  area.value = text;
  page.body.append(area);
  area.select();
  const done = page.execCommand("copy");
  area.remove();
  return done;
}
