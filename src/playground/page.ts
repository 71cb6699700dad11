import { TYPES } from '../formats/html/terms.js'
import { ENTITY_TYPES } from '../labels/scheme.js'
import { EXAMPLES } from './examples.js'

/** Three names in the four colours of the page, as a picture of 16 by 16. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%231a56b8'/%3E%3Cpath d='M3 4h10M3 8h6M3 12h8' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"

/** No scripts or styles in the page itself, and nothing from elsewhere; `eigennamen serve` says so in a header too. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"

const types = ENTITY_TYPES.map(
  (type) =>
    `<label class="switch ${TYPES[type].css}"><input type="checkbox" name="type" value="${type}"${type === 'MISC' ? '' : ' checked'}><mark>${TYPES[type].many}</mark> <span class="n" data-count="${type}">0</span></label>`,
).join('\n')

const examples = EXAMPLES.map(
  ({ title }, index) => `<button type="button" data-example="${index}">${title}</button>`,
).join('\n')

/** The playground as one page; its style, script and worker lie beside it. */
export const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>eigennamen playground</title>
<meta name="description" content="People, organisations and places in German news, found in your browser.">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="playground.css">
<script type="module" src="playground.js"></script>
</head>
<body>
<a class="skip" href="#result">Skip to the names</a>
<header>
<div class="top">
<h1>eigennamen <small>playground</small></h1>
<button type="button" id="theme" aria-pressed="false" aria-label="Dark mode" title="Dark mode"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 12.5v-11a5.5 5.5 0 0 1 0 11Z"/></svg></button>
</div>
<p class="sum">People, organisations and places in German news. The library runs in this page: your text does not leave it.</p>
</header>
<main>
<section class="panel" aria-label="Text">
<div class="row">
<label class="label" for="input">Text</label>
${examples}
<button type="button" id="clear" class="push">Clear</button>
</div>
<textarea id="input" lang="de" spellcheck="false" autocomplete="off" placeholder="Paste German text here."></textarea>
<p id="status" role="status" aria-live="polite">Starting …</p>
<progress id="progress" max="1" aria-label="Loading the model" hidden></progress>
</section>
<section class="panel switches" aria-label="What is shown">
<div class="row" role="group" aria-label="Types">
<span class="label">Types</span>
${types}
</div>
<div class="row" role="group" aria-label="Kinds and score">
<span class="label">Kinds</span>
<label class="switch" title="Words derived from names: kasachische, Moskauer"><input type="checkbox" id="derived" checked>Derived</label>
<label class="switch" title="Names inside longer words: EU in EU-Kommission"><input type="checkbox" id="compound" checked>Compounds</label>
<label class="switch range">Least score <input type="range" id="score" min="0" max="99" step="1" value="0"><output id="score-value" for="score">0 %</output></label>
<button type="button" id="share" class="push">Copy link</button>
<button type="button" id="download">Download JSON</button>
</div>
</section>
<div class="doc">
<div>
<article class="text" id="result" lang="de" tabindex="-1" aria-label="Text with its names" data-empty="The names of your text will stand here."></article>
<p class="hint keys">Point at a name, or <kbd>Tab</kbd> into the text and go from name to name with <kbd>←</kbd> <kbd>→</kbd>; <kbd>Enter</kbd> keeps a card open, <kbd>Esc</kbd> closes it.</p>
</div>
<aside class="list" id="list" aria-label="Entities"></aside>
</div>
</main>
<footer>eigennamen works offline after the first visit. Identifiers lead to Wikidata.</footer>
</body>
</html>
`
