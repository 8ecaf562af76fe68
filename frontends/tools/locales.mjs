// Texts: the same ids in every language, each in the format that it will be read in, Arabic with all its plurals.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { root } from './packages.mjs';

const plurals = {
  en: ['one', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
};

/** What is wrong with the texts of a package, in sentences. */
export function problemsOfTexts(path) {
  const folder = ['locales', 'src/locales'].map((name) => join(path, name)).find(existsSync);
  if (!folder) return [];
  const texts = Object.fromEntries(
    Object.keys(plurals).map((language) => [
      language,
      JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')),
    ]),
  );
  const place = relative(root, folder);
  const source = sourceOf(path);
  return [
    ...Object.keys(texts.en).flatMap((id) =>
      isUsed(id, source) ? [] : [`${place}/en.json: nothing uses "${id}"`],
    ),
    ...Object.keys(plurals).flatMap((language) => compare(texts, language, place)),
  ];
}

function compare(texts, language, place) {
  const problems = [];
  const say = (id, what) => problems.push(`${place}/${language}.json: "${id}" ${what}`);
  for (const id of Object.keys(texts.en)) {
    const text = texts[language][id];
    if (!text) {
      say(id, 'is missing');
      continue;
    }
    try {
      const [own, english] = [text, texts.en[id]].map((one) => parse(one, { ignoreTag: true }));
      for (const forms of pluralsIn(own)) {
        const missing = plurals[language].filter((form) => !forms.includes(form));
        if (missing.length > 0) say(id, `lacks the forms ${missing.join(', ')}`);
      }
      const missing = [...namesIn(english)].filter((name) => !namesIn(own).has(name));
      if (missing.length > 0) say(id, `lacks {${missing.join('}, {')}}`);
    } catch (error) {
      say(id, `cannot be read: ${error.message}`);
    }
  }
  for (const id of Object.keys(texts[language])) if (!(id in texts.en)) say(id, 'is not in en.json');
  return problems;
}

function pluralsIn(elements) {
  return elements.flatMap((element) => {
    const options = Object.values(element.options ?? {}).flatMap((option) => pluralsIn(option.value));
    return element.type === TYPE.plural ? [Object.keys(element.options), ...options] : options;
  });
}

function namesIn(elements, names = new Set()) {
  for (const element of elements) {
    if (element.type !== TYPE.literal && element.type !== TYPE.pound) names.add(element.value);
    for (const option of Object.values(element.options ?? {})) namesIn(option.value, names);
  }
  return names;
}

function sourceOf(path) {
  const files = readdirSync(join(path, 'src'), { recursive: true }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('gql'),
  );
  return files.map((name) => readFileSync(join(path, 'src', name), 'utf8')).join('\n');
}

// An id is used as it stands, or as the end of a pattern: `status.${…}`.
function isUsed(id, source) {
  if (source.includes(`'${id}'`)) return true;
  const parts = id.split('.');
  return parts.some((_, index) => index > 0 && source.includes(`\`${parts.slice(0, index).join('.')}.\${`));
}
