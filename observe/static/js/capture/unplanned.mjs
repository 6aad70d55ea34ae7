// A lesson that nobody planned: whom one may choose, and by which rubric.

/** People of whose name each typed word begins a word; accents and capitals do not matter. At most `most`. */
export function matching(people, typed, most = 6) {
  const words = plain(typed).split(" ").filter(Boolean);
  const fits = ({ name }) =>
    words.every((word) =>
      plain(name)
        .split(" ")
        .some((part) => part.startsWith(word)),
    );
  return people.filter(fits).slice(0, most);
}

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The newest version of each rubric, lessons first, then by title. */
export function offered(rubrics) {
  const newest = new Map();
  for (const version of rubrics) {
    const key = `${version.rubric ?? version.digest} ${version.language ?? ""}`;
    if ((newest.get(key)?.version ?? 0) <= (version.version ?? 0)) newest.set(key, version);
  }
  const last = ({ kind }) => Number(kind !== "lesson");
  return [...newest.values()].sort((one, other) => last(one) - last(other) || one.title.localeCompare(other.title));
}
