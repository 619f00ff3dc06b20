// The page's language: its words, its numbers, and elements whose content is always text.
export const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById("words").textContent);

// A word or sentence by its name, each {} filled with one value.
export function say(name, ...values) {
  let at = 0;
  return words[name].replace(/\{\}/g, () => String(values[at++]));
}

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

const known = (value, said) => (value === null || value === undefined ? say("undefined") : said(value));

export const number = (value) => known(value, (it) => whole.format(it));
export const money = (value) => known(value, (it) => (Math.abs(it) < 1000 ? cents : whole).format(it));
export const percent = (value) => known(value, (it) => percents.format(it));
export const moment = (instant) => known(instant, (it) => moments.format(new Date(it)));

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== null) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}
