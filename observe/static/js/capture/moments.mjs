// Days, times and sizes as the reader's language says them.

const DAY = 24 * 60 * 60 * 1000;
const CLOCK = { hour: "numeric", minute: "2-digit" };

/** The time of day as every page of Observe writes it, 9:05; made once, for a sheet tells it of each line. */
export const hoursOf = (language) => new Intl.DateTimeFormat(language, CLOCK);

/** `language` a BCP 47 tag, `now` ms since 1970; each moment is in ms, and told in `zone` or in the tablet's own. */
export function moments({ language, now }) {
  const told = (at, options, zone) => new Intl.DateTimeFormat(language, { ...options, timeZone: zone }).format(at);
  const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const time = (at, zone) => told(at, CLOCK, zone);

  /** 13 November, 13 November 2025. */
  function plain(at, zone) {
    const year = new Date(at).getFullYear() === new Date(now()).getFullYear() ? undefined : "numeric";
    return told(at, { day: "numeric", month: "long", year }, zone);
  }

  /** Friday 13 November, Friday 14 November 2025. */
  const date = (at, zone) => `${told(at, { weekday: "long" }, zone)} ${plain(at, zone)}`;

  /** Within a sentence: today, yesterday, Thursday, 13 November. */
  function day(at, zone) {
    const away = daysBetween(now(), at, zone);
    if (Math.abs(away) <= 1) return near.format(away, "day");
    return away > 0 && away < 7 ? told(at, { weekday: "long" }, zone) : plain(at, zone);
  }

  const when = (at, zone) => `${day(at, zone)} ${time(at, zone)}`;
  return { time, date, plain, day, when, asHead: (words) => capital(words, language) };
}

/** How many midnights lie between two moments. */
function daysBetween(from, to, zone) {
  const [one, other] = [from, to].map((at) => Date.parse(dayOf(at, zone)));
  return Math.round((other - one) / DAY);
}

/** The day of a moment: `2026-11-17`. */
const dayOf = (at, zone) =>
  new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(at);

/** `48 MB`, `2.1 GB`. */
export function size(bytes, language) {
  const [unit, of] = UNITS.find(([, least]) => bytes >= least) ?? UNITS.at(-1);
  const maximumFractionDigits = bytes / of < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits }).format(bytes / of);
}

const UNITS = [
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
];

const capital = (words, language) => words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
