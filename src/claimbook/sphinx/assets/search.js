// What the search page adds to Sphinx's search tools: titles found without their accents, results told
// apart once, excerpts around a name in whatever form, and a description where pages cannot be fetched.
"use strict";

{
  const EXCERPT = 240;
  const BEFORE = 80;
  const SEPARATOR = " > ";
  const SCORE = 4;
  const written = new Map();

  // Sphinx compares titles and entries with the query as typed: both sides go without accents, results get them back.
  const withoutAccents = (title) => {
    written.set(fold(title), title);
    return fold(title);
  };
  const keysFolded = (places, rename) => {
    const found = {};
    for (const [name, where] of Object.entries(places)) (found[rename(name)] ??= []).push(...where);
    return found;
  };
  const receive = Search.setIndex;
  Search.setIndex = (index) => {
    // With its number a page's title would not equal its heading, and the page would stand twice among the results.
    index.titles = index.titles.map((title) => withoutAccents(title.replace(/^<span class="section-number">[^<]*<\/span>/, "")));
    index.alltitles = keysFolded(index.alltitles, withoutAccents);
    index.indexentries = keysFolded(index.indexentries, fold);
    receive(index);
  };

  const find = Search._performSearch;
  Search._performSearch = (query, ...terms) => {
    const typed = fold(query).trim().toLowerCase();
    const results = find(fold(query), ...terms);
    // A page whose title holds all that was typed comes first, before one that has a word of it in its own; the last is shown first.
    const named = ([, title]) => !title.includes(SEPARATOR) && title.toLowerCase().includes(typed);
    return [...results.filter((result) => !named(result)), ...results.filter(named)].map(([page, title, ...rest]) => [
      page,
      title.split(SEPARATOR).map((part) => written.get(part) ?? part).join(SEPARATOR),
      ...rest,
    ]);
  };

  // Sphinx lets words of one or two letters stand in for longer ones: "El Mreiti" would find every page that has "el".
  const findWords = Search.performTermsSearch;
  Search.performTermsSearch = (words, excluded) => {
    const [first = [], ...others] = [...words].map((word) => findWords(new Set([word]), excluded));
    return first
      .map((result) => [result, ...others.map((found) => found.find(([page]) => page === result[0]))])
      .filter((results) => results.every(Boolean))
      .map((results) => results.reduce((best, result) => (result[SCORE] > best[SCORE] ? result : best)));
  };

  const paragraph = (text) => {
    const element = document.createElement("p");
    element.className = "context";
    element.textContent = text;
    return element;
  };
  const stemmer = new Stemmer();
  const stems = (text) => splitQuery(text).map((word) => stemmer.stemWord(word.toLowerCase()));
  const variants = nameForms.map((forms) =>
    forms.map((form) => ({ words: stems(form), pattern: new RegExp(`\\b${splitQuery(form).map(_escapeRegExp).join("\\W+")}\\b`) })),
  );

  // Where a text has a word of the query, the longest first; or else a name of which the query writes another form.
  const whereFound = (text, keywords) => {
    // As long as the text, so that a place in the one is a place in the other.
    const plain = text.replace(/[^\0-\x7f]/g, (sign) => sign.normalize("NFD")[0]).toLowerCase();
    const places = new Map();
    for (const { 0: word, index: at } of plain.matchAll(/[\p{L}\p{N}_]+/gu)) {
      const stem = stemmer.stemWord(word);
      if (!places.has(stem)) places.set(stem, at);
    }
    const [longest, ...rest] = [...keywords].sort((one, other) => other.length - one.length);
    const meant = ({ words }) => words.every((word) => keywords.has(word)) || [...keywords].every((word) => words.includes(word));
    const forms = variants.filter((group) => group.some(meant)).flat().map(({ pattern }) => plain.search(pattern));
    return [places.get(longest), ...forms, ...rest.map((word) => places.get(word)), plain.indexOf(longest)].find((at) => at >= 0);
  };

  Search.makeSearchSummary = (source, keywords, anchor) => {
    const page = new DOMParser().parseFromString(source, "text/html");
    page.querySelectorAll("script, style, noscript, .headerlink, .cell_input, .cell summary").forEach((element) => element.remove());
    page.querySelectorAll("p, li, dt, dd, th, td, caption, h1, h2, h3, h4").forEach((element) => element.append(" "));
    const part = (anchor && page.getElementById(anchor.slice(1))) || page.querySelector("article");
    // An entry of the glossary is reached by its term; what it means is in the element after it.
    if (part.matches("dt")) part.append(...part.nextElementSibling.childNodes);
    const works = [...part.querySelectorAll(".works-cited")];
    works.forEach((list) => list.remove());
    // What the page says comes before the titles of what it cites.
    const [text, at] = [part, ...works]
      .map((element) => element.textContent.replace(/\s+/g, " ").trim())
      .map((text) => [text, whereFound(text, keywords)])
      .find(([, at]) => at !== undefined) ?? [];
    if (at === undefined) return paragraph(page.querySelector('meta[name="description"]')?.content ?? "");
    const start = at <= BEFORE ? 0 : text.indexOf(" ", at - BEFORE) + 1;
    const end = start + EXCERPT;
    return paragraph((start ? "…" : "") + text.slice(start, end).trim() + (end < text.length ? "…" : ""));
  };

  // From a disk a browser may not fetch the pages, and says so in the console for each one that it is asked for.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  const describe = (item) => {
    const page = item.querySelector("a").getAttribute("href").replace(/\.html(#.*)?$/, "");
    if (pageDescriptions[page]) item.append(paragraph(pageDescriptions[page]));
  };

  const status = document.getElementById("search-status");
  const attend = () => {
    // A screen reader announces what changes in a region that stood on the page before.
    status.append(Search.status);
    if (DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY) return;
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(describe)))
      .observe(Search.output, { childList: true });
  };

  Object.assign(Documentation.TRANSLATIONS, {
    "Search Results": status?.dataset.results,
    "Search finished, found ${resultCount} page(s) matching the search query.": status?.dataset.found,
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      status?.dataset.nothing,
  });

  // Scripts are deferred: Sphinx has begun before this one, and the query waits for the index, which comes last.
  _ready(() => {
    if (Search.output) attend();
    const field = document.querySelector(".bd-search-container input");
    field.focus();
    field.select();
  });
}
