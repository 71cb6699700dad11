import { cardLines } from '../formats/html/card.js'
import type { Entity } from '../types.js'

const ID = 'card'
/** Milliseconds in which the pointer may get from a name to its card. */
const PATIENCE = 180

/**
 * The one card of the page. It stands behind the name that it is about, so that Tab leads from the name into the card, and
 * shows on hover, focus and tap; Enter or a tap keeps it open.
 */
export class Card {
  readonly #element = document.createElement('span')
  #mark: HTMLElement | undefined
  #isPinned = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.#element.className = 'tip'
    this.#element.id = ID
    this.#element.setAttribute('role', 'tooltip')
    this.#element.lang = 'en'
    this.#element.addEventListener('pointerenter', () => clearTimeout(this.#timer))
    this.#element.addEventListener('pointerleave', () => this.closeSoon())
  }

  get mark(): HTMLElement | undefined {
    return this.#mark
  }

  get isPinned(): boolean {
    return this.#isPinned
  }

  /** `mentions`: how many this text has of the entity. */
  open(mark: HTMLElement, entity: Entity, mentions: number, pin = false): void {
    clearTimeout(this.#timer)
    if (this.#mark === mark) {
      this.#isPinned ||= pin
      return
    }
    this.close()
    const times = mentions === 1 ? 'the only mention' : `one of ${mentions} mentions`
    this.#element.innerHTML = `${cardLines(entity)}<span>Cluster ${entity.cluster}, ${times}</span>`
    for (const link of Array.from(this.#element.querySelectorAll('a'))) {
      link.target = '_blank'
      link.rel = 'noopener noreferrer'
    }
    mark.parentElement!.append(this.#element)
    mark.parentElement!.classList.add('open')
    mark.setAttribute('aria-describedby', ID)
    mark.setAttribute('aria-expanded', 'true')
    this.#mark = mark
    this.#isPinned = pin
    this.#place()
  }

  close(): void {
    clearTimeout(this.#timer)
    if (this.#mark === undefined) return
    this.#mark.parentElement?.classList.remove('open')
    this.#mark.removeAttribute('aria-describedby')
    this.#mark.setAttribute('aria-expanded', 'false')
    this.#element.remove()
    this.#mark = undefined
    this.#isPinned = false
  }

  /** Unless the pointer comes back, or it is kept open. */
  closeSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const isFocused = this.#mark?.parentElement?.contains(document.activeElement) ?? false
      if (!this.#isPinned && !isFocused) this.close()
    }, PATIENCE)
  }

  /** Inside the window: moved to the left, or put above the name. On phones the style sheet puts it at the foot. */
  #place(): void {
    const { style, classList } = this.#element
    style.left = ''
    classList.remove('above')
    if (getComputedStyle(this.#element).position === 'fixed') return
    const box = this.#element.getBoundingClientRect()
    const over = box.right - (document.documentElement.clientWidth - 12)
    if (over > 0) style.left = `${-over}px`
    if (box.bottom > window.innerHeight && box.height < this.#mark!.getBoundingClientRect().top)
      classList.add('above')
  }
}
