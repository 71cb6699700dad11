import { DARK, LIGHT, PARTS } from '../formats/html/style.js'

/** The page's own parts, on top of those of `--format html`; there the mode follows the system, here a button may overrule it. */
export const PLAYGROUND_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK} } }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; ${DARK} }
${PARTS}
[hidden] { display: none !important; }
.top { display: flex; align-items: start; gap: 1rem; justify-content: space-between; }
h1 small { color: var(--soft); font-weight: 400; font-size: 1rem; margin-left: .35rem; }
h1 mark { cursor: default; }
main { padding-top: 1.25rem; }
button, .switch { font: inherit; font-size: .9rem; color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 2rem; padding: .35rem .9rem; min-height: 2.25rem; cursor: pointer; }
button:hover, .switch:hover { border-color: var(--soft); }
button:disabled { color: var(--soft); cursor: default; border-color: var(--line); }
#theme { flex: none; width: 2.5rem; height: 2.5rem; padding: 0; display: grid; place-items: center; border-radius: 50%; }
#theme svg { width: 1.15rem; height: 1.15rem; fill: currentColor; }
.panel { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem 1.1rem; margin-bottom: 1rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.row > .push { margin-left: auto; }
.label { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); font-weight: 600; margin-right: .25rem; }
#input { display: block; width: 100%; min-height: 8.5rem; max-height: 70vh; margin: .75rem 0 .6rem; resize: vertical; font: 1rem/1.6 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--page); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem .9rem; }
#input::placeholder { color: var(--soft); opacity: 1; }
#status { color: var(--soft); font-size: .9rem; margin: 0; min-height: 1.5em; font-variant-numeric: tabular-nums; }
#status.bad { color: var(--org); font-weight: 600; }
progress { appearance: none; display: block; width: 100%; height: .4rem; border: 0; border-radius: 1rem; overflow: hidden; background: var(--line); margin: .35rem 0 0; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--per); transition: width .15s; }
progress::-moz-progress-bar { background: var(--per); }
.switch { display: inline-flex; align-items: center; gap: .45rem; user-select: none; }
.switch input { accent-color: var(--name, var(--per)); width: 1rem; height: 1rem; margin: 0; }
.switch:has(:focus-visible) { outline: 3px solid var(--per); outline-offset: 2px; }
.switch input:focus-visible { outline: none; }
.switch mark { cursor: inherit; }
.switch:not(:has(:checked)) mark { background: none; color: var(--soft); border-bottom-color: var(--line); }
.switch .n { color: var(--soft); font-variant-numeric: tabular-nums; }
.range { padding-right: .9rem; cursor: default; }
.range input { width: 7.5rem; accent-color: var(--per); }
.range output { min-width: 2.9em; text-align: right; font-variant-numeric: tabular-nums; }
.switches { display: grid; gap: .75rem; padding: .9rem 1.25rem; }
.doc { margin-top: 1.25rem; }
#result:empty::before { content: attr(data-empty); color: var(--soft); font-style: italic; }
.m > mark { transition: box-shadow .12s; }
.m.lit > mark { box-shadow: 0 0 0 3px var(--name); }
#result.lighting .m:not(.lit) > mark { background: none; }
.m.open > .tip { display: block; }
#result:has(.m.open) .m:not(.open) > .tip { display: none; }
.tip { user-select: text; }
.tip.above { top: auto; bottom: 100%; }
.list li { padding: 0; position: relative; display: block; }
.list button.who { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; text-align: left; width: calc(100% + 1rem); background: none; border: 0; border-radius: .35rem; padding: .45rem .5rem; margin: 0 -.5rem; min-height: 0; font-size: inherit; font-weight: 400; }
.list li:has(.qid) .forms { padding-right: 5rem; }
.list button.who b { color: var(--name); font-weight: 600; overflow-wrap: anywhere; }
.list button.who:hover b { text-decoration: underline; }
.list button.who[aria-pressed="true"] { background: var(--ground); }
.list button.who[aria-pressed="true"] .count, .list button.who[aria-pressed="true"] .forms, .list [aria-pressed="true"] + .qid { color: var(--name); }
.list .qid { position: absolute; right: 0; bottom: .45rem; font-size: .85rem; color: var(--soft); }
.list h3 .n { font-weight: 400; letter-spacing: 0; }
.hint { color: var(--soft); font-size: .85rem; margin: .6rem 0 0; }
kbd { font: .8rem ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .3rem; padding: .05rem .3rem; background: var(--page); }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
@media (max-width: 40rem) {
  header { padding-top: 1.25rem; }
  .panel { padding: .9rem; }
  .row > .push { margin-left: 0; }
  .row .label { flex-basis: 100%; }
  .tip.above { bottom: .75rem; }
  .tip { z-index: 4; }
  .keys { display: none; }
}
@media print { .panel, #theme, .hint { display: none; } }
`
