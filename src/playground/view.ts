import { distinctEntities } from '../entities/distinct.js'
import { escapeHtml } from '../formats/html/escape.js'
import { TYPES } from '../formats/html/terms.js'
import { textHtml } from '../formats/html/text.js'
import { wikidataPage } from '../formats/wikidata.js'
import { ENTITY_TYPES } from '../labels/scheme.js'
import type { Entity, IndexedEntity } from '../types.js'
import { Card } from './card.js'

/** The text with its names, and the list of entities beside it. */
export class View {
  readonly #text: HTMLElement
  readonly #list: HTMLElement
  readonly #card = new Card()
  #entities: readonly Entity[] = []
  #marks: readonly HTMLElement[] = []
  #lit: number | undefined

  constructor(text: HTMLElement, list: HTMLElement) {
    this.#text = text
    this.#list = list
    this.#listen()
  }

  /** Shows a text with these of its entities. */
  show(text: string, entities: readonly Entity[]): void {
    const lit = this.#lit
    this.#card.close()
    this.#entities = entities
    const numbers = new Map(entities.map((entity, index) => [entity, index]))
    this.#text.innerHTML = textHtml(
      { text, entities },
      (entity) => `m${numbers.get(entity)}`,
      () => '',
    )
    this.#marks = Array.from(this.#text.querySelectorAll<HTMLElement>('mark'))
    for (const [index, mark] of this.#marks.entries()) {
      // One stop of the Tab key for all names; arrows lead from one to the next.
      mark.tabIndex = index === 0 ? 0 : -1
      mark.setAttribute('role', 'button')
      mark.setAttribute('aria-expanded', 'false')
      mark.removeAttribute('aria-describedby')
    }
    const distinct = distinctEntities(entities)
    this.#list.innerHTML = listHtml(distinct, text === '')
    this.#light(distinct.some(({ cluster }) => cluster === lit) ? lit : undefined)
  }

  #listen(): void {
    const text = this.#text
    const nameAt = (event: Event): HTMLElement | undefined =>
      (event.target as Element).closest<HTMLElement>('mark') ?? undefined
    text.addEventListener('pointerover', (event) => {
      const mark = nameAt(event)
      if (event.pointerType === 'mouse' && mark !== undefined && !this.#card.isPinned) this.#open(mark)
    })
    text.addEventListener('pointerout', (event) => {
      if (event.pointerType === 'mouse' && nameAt(event) !== undefined) this.#card.closeSoon()
    })
    text.addEventListener('focusin', (event) => {
      const mark = nameAt(event)
      if (mark === undefined) return
      for (const other of this.#marks) other.tabIndex = other === mark ? 0 : -1
      this.#open(mark)
    })
    text.addEventListener('focusout', () => this.#card.closeSoon())
    text.addEventListener('click', (event) => {
      const mark = nameAt(event)
      if (mark !== undefined) this.#open(mark, true)
    })
    text.addEventListener('keydown', (event) => this.#key(event))
    document.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return
      const isInside = this.#card.mark?.parentElement?.contains(document.activeElement) ?? false
      const mark = this.#card.mark
      this.#card.close()
      // From a link in the card back to its name, whose card then stays closed.
      if (isInside && mark !== document.activeElement) {
        mark?.focus()
        this.#card.close()
      }
      this.#light(undefined)
    })
    document.addEventListener('pointerdown', (event) => {
      if (!(event.target as Element).closest('.m')) this.#card.close()
    })
    this.#list.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLElement>('button')
      if (button === null) return
      const cluster = Number(button.dataset.cluster)
      this.#light(cluster === this.#lit ? undefined : cluster)
      if (this.#lit === undefined) return
      const first = this.#text.querySelector('.lit')
      const box = first?.getBoundingClientRect()
      if (box !== undefined && (box.top < 0 || box.bottom > window.innerHeight))
        first!.scrollIntoView({ block: 'center' })
    })
  }

  /** Arrow keys, Home and End go from name to name. */
  #key(event: KeyboardEvent): void {
    const index = this.#marks.indexOf(document.activeElement as HTMLElement)
    if (index < 0) return
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowDown: index + 1,
      ArrowLeft: index - 1,
      ArrowUp: index - 1,
      Home: 0,
      End: this.#marks.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) {
      event.preventDefault()
      this.#card.close()
      this.#marks[target]?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      this.#open(this.#marks[index]!, true)
    }
  }

  #open(mark: HTMLElement, pin = false): void {
    const entity = this.#entityOf(mark)
    const mentions = this.#entities.filter(({ cluster }) => cluster === entity.cluster).length
    this.#card.open(mark, entity, mentions, pin)
  }

  #entityOf(mark: HTMLElement): Entity {
    return this.#entities[Number(mark.parentElement!.id.slice(1))]!
  }

  /** Makes the mentions of an entity stand out. */
  #light(cluster: number | undefined): void {
    this.#lit = cluster
    this.#text.classList.toggle('lighting', cluster !== undefined)
    for (const mark of this.#marks) {
      mark.parentElement!.classList.toggle('lit', this.#entityOf(mark).cluster === cluster)
    }
    for (const button of Array.from(this.#list.querySelectorAll<HTMLElement>('button'))) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.cluster) === cluster))
    }
  }
}

function listHtml(entities: readonly IndexedEntity[], isEmpty: boolean): string {
  if (entities.length === 0) return `<p class="sum">${isEmpty ? 'No text yet.' : 'No names found.'}</p>`
  return ENTITY_TYPES.map((type) => {
    const ofType = entities.filter((entity) => entity.type === type)
    if (ofType.length === 0) return ''
    const { many, css } = TYPES[type]
    return `<h3>${many} <span class="n">${ofType.length}</span></h3><ul class="${css}">${ofType.map(itemHtml).join('')}</ul>`
  }).join('')
}

function itemHtml({ canonical, id, cluster, count, mentions }: IndexedEntity): string {
  const spellings = [...new Set(mentions.map(({ text, host }) => (host ?? { text }).text))]
  const page = wikidataPage(id)
  const link =
    page === undefined
      ? ''
      : `<span class="qid"><a href="${page}" target="_blank" rel="noopener noreferrer">${id}</a></span>`
  return `<li><button type="button" class="who" data-cluster="${cluster}" aria-pressed="false"><b>${escapeHtml(canonical)}</b><span class="count">${count} ×</span><span class="forms">${escapeHtml(spellings.join(', '))}</span></button>${link}</li>`
}
