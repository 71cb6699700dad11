import { ordered } from '../pool/ordered.js'
import type { Document } from '../recognizer/document.js'
import type { Candidate, Entity, RecognizeOptions } from '../types.js'
import { Deadline } from './deadline.js'
import type { Engine } from './engine.js'
import { Gate, type Visit } from './gate.js'
import { lookupInput, parseJsonBytes, type TextInput, textInput } from './input.js'
import { type BodyLine, bodyLines } from './lines.js'
import type { Metrics } from './metrics.js'
import { Problem, type ProblemBody, toProblem } from './problem.js'

/** What is answered for a text: the line of `extract --format jsonl`. */
export interface TextAnswer {
  readonly id: string | number | null
  readonly text: string
  readonly language: string
  readonly entities: readonly Entity[]
}

/** What a stream answers in the place of a line that it cannot take: the error, and the 1-based number of the line. */
export type LineFault = ProblemBody & { readonly line: number }

export interface Limits {
  /** Bytes of a body, and of a line of a stream. */
  readonly maxBody: number
  /** Milliseconds a request, or a line of a stream, may take. */
  readonly timeout: number
  /** Requests that may wait. */
  readonly maxQueue: number
}

/** The recogniser behind its gate: what the routes answer, without HTTP. */
export class Service {
  readonly gate: Gate
  readonly #engine: Engine
  readonly #limits: Limits
  readonly #metrics: Metrics
  readonly #report: (error: unknown) => void

  /** `report` is told of faults that clients do not see. */
  constructor(engine: Engine, limits: Limits, metrics: Metrics, report: (error: unknown) => void) {
    this.gate = new Gate(engine.slots, limits.maxQueue)
    this.#engine = engine
    this.#limits = limits
    this.#metrics = metrics
    this.#report = report
  }

  /** @throws Problem */
  async recognize(input: TextInput, deadline: Deadline): Promise<TextAnswer> {
    return this.#answer(input, this.gate.enter(), deadline)
  }

  /**
   * In the order of the texts. The first that fails fails all.
   * @throws Problem
   */
  async batch(inputs: readonly TextInput[], deadline: Deadline): Promise<TextAnswer[]> {
    const visit = this.gate.enter()
    const answers: TextAnswer[] = []
    const run = (input: TextInput): Promise<TextAnswer> => this.#answer(input, visit, deadline)
    for await (const { result } of ordered(inputs, this.#window, run)) answers.push(result)
    return answers
  }

  /**
   * A line of answer for each line of the body, in its order. The body is read no further than the answers are taken, but for
   * a few lines a worker.
   */
  async *stream(
    body: AsyncIterable<Uint8Array>,
    options: RecognizeOptions,
    visit: Visit,
    client: AbortSignal,
  ): AsyncGenerator<TextAnswer | LineFault> {
    const lines = bodyLines(body, this.#limits.maxBody)
    const run = (line: BodyLine): Promise<TextAnswer | LineFault> =>
      this.#answerLine(line, options, visit, client)
    for await (const { result } of ordered(lines, this.#window, run)) yield result
  }

  /** @throws Problem */
  lookup(query: URLSearchParams): { name: string; candidates: Candidate[] } {
    const { name, options } = lookupInput(query)
    return { name, candidates: this.#engine.lookup(name, options) }
  }

  /** Lets the texts at work finish. */
  close(): Promise<void> {
    return this.#engine.close()
  }

  /** Texts of one request in hand: as many as can be worked on, and as many again, so that nobody waits for this thread. */
  get #window(): number {
    return 2 * this.#engine.slots
  }

  async #answerLine(
    { number, bytes }: BodyLine,
    options: RecognizeOptions,
    visit: Visit,
    client: AbortSignal,
  ): Promise<TextAnswer | LineFault> {
    const deadline = new Deadline(this.#limits.timeout, client)
    try {
      if (bytes === undefined) {
        const message = `the line is longer than ${this.#limits.maxBody} bytes. Cut the text, or raise --max-body.`
        throw new Problem(413, 'TOO_LARGE', message)
      }
      return await this.#answer(textInput(parseJsonBytes(bytes), '', options), visit, deadline)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.code === 'INTERNAL') this.#report(error)
      return { line: number, ...problem.body }
    } finally {
      deadline.end()
    }
  }

  async #answer({ id, text, options }: TextInput, visit: Visit, deadline: Deadline): Promise<TextAnswer> {
    const doc = await visit.run(() => this.#engine.recognize(text, options), deadline)
    this.#count(doc)
    return { id, text, language: doc.language.code, entities: doc.entities }
  }

  #count(doc: Document): void {
    this.#metrics.documents.add(1)
    this.#metrics.characters.add(doc.text.length)
    this.#metrics.tokens.add(doc.tokenCount)
    for (const { type } of doc.entities) this.#metrics.entities.add(1, type)
  }
}
