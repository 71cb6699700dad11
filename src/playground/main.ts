import type { Entity } from '../types.js'
import { EXAMPLES } from './examples.js'
import type { Message, Question } from './messages.js'
import { DEFAULT_SWITCHES, fromFragment, type Switches, toFragment } from './share.js'
import { View } from './view.js'

/** Milliseconds without a key before a text is read anew. */
const PAUSE = 250
/** Links above it are cut by some programs. */
const LONG_LINK = 30_000

const get = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
const input = get<HTMLTextAreaElement>('input')
const status = get('status')
const bar = get<HTMLProgressElement>('progress')
const derived = get<HTMLInputElement>('derived')
const compound = get<HTMLInputElement>('compound')
const score = get<HTMLInputElement>('score')
const typeBoxes = Array.from(document.querySelectorAll<HTMLInputElement>('input[name=type]'))
const view = new View(get('result'), get('list'))

type Answer = Extract<Message, { kind: 'answer' }>
let answer: Answer | undefined
let isReady = false
let hasFailed = false
/** The question that the worker is at, and whether the text has changed since. */
let asked: number | undefined
let isStale = false
let number = 0

const worker = new Worker(new URL('recogniser.js', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }: MessageEvent<Message>) => {
  if (data.kind === 'progress') showProgress(data.loaded, data.total)
  else if (data.kind === 'ready') begin()
  else if (data.kind === 'failed') fail(data.message)
  else take(data)
}
worker.onerror = () => fail('the script of the worker could not be loaded. Reload the page.')

function showProgress(loaded: number, total: number): void {
  // One file may fail while the other is still coming.
  if (isReady || hasFailed) return
  bar.hidden = false
  if (total > 0) bar.value = loaded / total
  // Screen readers hear of the beginning; the bar tells them the rest.
  const size = total > 0 ? ` (${(total / 1e6).toFixed(1)} MB, kept for later visits)` : ''
  tell(`Loading the model${size} …`)
}

function begin(): void {
  isReady = true
  bar.hidden = true
  tell('Ready.')
  read()
}

function fail(message: string): void {
  hasFailed = true
  bar.hidden = true
  asked = undefined
  status.classList.add('bad')
  tell(`Something went wrong: ${message}`)
}

/** Asks the worker about the text as it stands, unless it is still busy with an older one. */
function read(): void {
  if (!isReady) return
  if (asked !== undefined) {
    isStale = true
    return
  }
  asked = ++number
  isStale = false
  worker.postMessage({ number: asked, text: input.value } satisfies Question)
}

function take(data: Answer): void {
  asked = undefined
  answer = data
  show()
  if (isStale) read()
}

function switches(): Switches {
  return {
    types: typeBoxes.filter(({ checked }) => checked).map(({ value }) => value as Entity['type']),
    derived: derived.checked,
    compound: compound.checked,
    minScore: Number(score.value) / 100,
  }
}

function setSwitches({ types, derived: isDerived, compound: isCompound, minScore }: Switches): void {
  for (const box of typeBoxes) box.checked = types.includes(box.value as Entity['type'])
  derived.checked = isDerived
  compound.checked = isCompound
  score.value = String(Math.round(minScore * 100))
}

/** What `recognize` would answer with these options. */
function wanted(
  entities: readonly Entity[],
  { types, minScore, ...kinds }: Switches,
  anyType = false,
): Entity[] {
  return entities.filter(
    ({ type, kind, score: found }) =>
      (anyType || types.includes(type)) && (kind === 'name' || kinds[kind]) && found >= minScore,
  )
}

function show(): void {
  const now = switches()
  get('score-value').textContent = `${Math.round(now.minScore * 100)} %`
  if (answer === undefined) return
  const { text, language, entities, tokens, milliseconds } = answer
  const shown = wanted(entities, now)
  const countable = wanted(entities, now, true)
  for (const count of Array.from(document.querySelectorAll<HTMLElement>('[data-count]'))) {
    count.textContent = String(countable.filter(({ type }) => type === count.dataset.count).length)
  }
  view.show(text, shown)
  const distinct = new Set(shown.map(({ cluster }) => cluster)).size
  const german =
    language === 'deu' || language === 'und'
      ? ''
      : ` This does not look like German (${language}); expect mistakes.`
  status.classList.remove('bad')
  tell(
    text.trim() === ''
      ? 'Ready. Paste a text or choose an example.'
      : `${plural(distinct, 'entity', 'entities')}, ${plural(shown.length, 'mention', 'mentions')} in ${plural(tokens, 'token', 'tokens')}, ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms.${german}`,
  )
}

function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** The same words again would be read out again. */
function tell(words: string): void {
  if (status.textContent !== words) status.textContent = words
}

function setText(text: string): void {
  input.value = text
  input.scrollTop = 0
  read()
}

let timer: ReturnType<typeof setTimeout> | undefined
input.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(read, PAUSE)
})
for (const control of [...typeBoxes, derived, compound, score]) control.addEventListener('input', show)
for (const button of Array.from(document.querySelectorAll<HTMLElement>('[data-example]'))) {
  button.addEventListener('click', () => setText(EXAMPLES[Number(button.dataset.example)]!.text))
}
get('clear').addEventListener('click', () => {
  setText('')
  input.focus()
})

get('share').addEventListener('click', async () => {
  const fragment = await toFragment({ text: input.value, ...switches() })
  // The address shows it too, where nothing may be copied.
  history.replaceState(null, '', `#${fragment}`)
  const long =
    location.href.length > LONG_LINK
      ? ` It has ${location.href.length} characters; some programs cut such links.`
      : ''
  try {
    await navigator.clipboard.writeText(location.href)
    tell(`Link copied. The text is in the link itself, not on a server.${long}`)
  } catch {
    tell(`The link stands in the address bar. The text is in the link itself, not on a server.${long}`)
  }
})

get('download').addEventListener('click', () => {
  const { text, language, entities } = answer ?? { text: '', language: 'und', entities: [] }
  const record = { id: 'playground', text, language, entities: wanted(entities, switches()) }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(record, null, 2)}\n`], { type: 'application/json' }),
  )
  link.download = 'eigennamen.json'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
})

const theme = get('theme')
const system = matchMedia('(prefers-color-scheme: dark)')
/** The button overrules the system; what it says is remembered. */
function showTheme(chosen: string | undefined): void {
  if (chosen === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  theme.setAttribute('aria-pressed', String((chosen ?? (system.matches ? 'dark' : 'light')) === 'dark'))
}
theme.addEventListener('click', () => {
  const chosen = theme.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark'
  showTheme(chosen)
  remember('theme', chosen)
})
system.addEventListener('change', () => showTheme(recall('theme')))
showTheme(recall('theme'))

/** Storage may be forbidden; then nothing is remembered. */
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`eigennamen-${key}`, value)
  } catch {}
}

function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`eigennamen-${key}`) ?? undefined
  } catch {
    return undefined
  }
}

/** Text and switches of the address, if it has some. */
async function openLink(): Promise<boolean> {
  const shared = await fromFragment(location.hash)
  if (shared === undefined) return false
  setSwitches(shared)
  setText(shared.text)
  show()
  return true
}
addEventListener('hashchange', openLink)

// A reload brings back what the browser remembered of the fields; a link wins over it, an example stands in for nothing.
if (!(await openLink())) {
  if (input.value === '') {
    setSwitches(DEFAULT_SWITCHES)
    setText(EXAMPLES[0]!.text)
  }
  show()
}
if ('serviceWorker' in navigator) {
  navigator.serviceWorker
    .register(new URL('offline.js', import.meta.url), { type: 'module' })
    .catch(() => undefined)
}
