/** Upper bounds of the duration histogram, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

interface Metric {
  lines(name: string): string[]
  readonly kind: 'counter' | 'gauge' | 'histogram'
}

/** A number that only grows, one for each combination of label values. */
class Counter implements Metric {
  readonly kind = 'counter'
  readonly #labels: readonly string[]
  readonly #values = new Map<string, number>()

  /** `known`: label values that are shown from the start, so that a rate can be taken of the first event. */
  constructor(labels: readonly string[] = [], known: readonly string[] = []) {
    this.#labels = labels
    for (const value of labels.length === 0 ? [''] : known) this.#values.set(value, 0)
  }

  add(amount: number, ...values: readonly string[]): void {
    const key = values.join('\n')
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount)
  }

  lines(name: string): string[] {
    return [...this.#values].map(
      ([key, value]) => `${name}${labelled(this.#labels, key.split('\n'))} ${value}`,
    )
  }
}

/** How often a duration was at most so long, by route. */
class Histogram implements Metric {
  readonly kind = 'histogram'
  readonly #byRoute = new Map<string, { counts: number[]; sum: number; count: number }>()

  observe(seconds: number, route: string): void {
    let row = this.#byRoute.get(route)
    if (row === undefined) {
      row = { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }
      this.#byRoute.set(route, row)
    }
    for (const [index, bound] of BUCKETS.entries()) if (seconds <= bound) row.counts[index]!++
    row.sum += seconds
    row.count++
  }

  lines(name: string): string[] {
    return [...this.#byRoute].flatMap(([route, { counts, sum, count }]) => [
      ...counts.map((n, i) => `${name}_bucket${labelled(['route', 'le'], [route, String(BUCKETS[i])])} ${n}`),
      `${name}_bucket${labelled(['route', 'le'], [route, '+Inf'])} ${count}`,
      `${name}_sum${labelled(['route'], [route])} ${sum}`,
      `${name}_count${labelled(['route'], [route])} ${count}`,
    ])
  }
}

/** A number that is asked for when the metrics are. */
class Gauge implements Metric {
  readonly kind = 'gauge'
  readonly #read: () => number

  constructor(read: () => number) {
    this.#read = read
  }

  lines(name: string): string[] {
    return [`${name} ${this.#read()}`]
  }
}

/** What changes outside and is shown among the metrics. */
export interface Readings {
  readonly inFlight: () => number
  readonly waiting: () => number
  readonly busy: () => number
  readonly workers: number
}

/** What the server counts, in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export class Metrics {
  readonly requests = new Counter(['route', 'method', 'status'])
  readonly duration = new Histogram()
  readonly documents = new Counter()
  readonly tokens = new Counter()
  readonly characters = new Counter()
  readonly entities = new Counter(['type'], ['PER', 'ORG', 'LOC', 'MISC'])
  readonly #started = Date.now() / 1000

  format({ inFlight, waiting, busy, workers }: Readings): string {
    const memory = process.memoryUsage()
    const cpu = process.cpuUsage()
    const all: readonly (readonly [string, string, Metric])[] = [
      ['eigennamen_http_requests_total', 'Requests answered, or given up (499).', this.requests],
      ['eigennamen_http_request_duration_seconds', 'From the request line to the last byte.', this.duration],
      ['eigennamen_http_requests_in_flight', 'Requests not yet answered.', new Gauge(inFlight)],
      ['eigennamen_queue_requests', 'Requests that wait for a worker.', new Gauge(waiting)],
      ['eigennamen_texts_busy', 'Texts with the workers.', new Gauge(busy)],
      ['eigennamen_workers', 'Worker threads; 0: the main thread works.', new Gauge(() => workers)],
      ['eigennamen_documents_total', 'Texts recognised.', this.documents],
      ['eigennamen_tokens_total', 'Tokens of these texts.', this.tokens],
      ['eigennamen_characters_total', 'UTF-16 code units of these texts.', this.characters],
      ['eigennamen_entities_total', 'Mentions answered, by type.', this.entities],
      ['process_resident_memory_bytes', 'Resident memory.', new Gauge(() => memory.rss)],
      ['process_heap_bytes', 'Heap in use, main thread.', new Gauge(() => memory.heapUsed)],
      ['process_external_memory_bytes', 'Buffers, models included.', new Gauge(() => memory.external)],
      ['process_cpu_seconds_total', 'Processor time.', readCounter((cpu.user + cpu.system) / 1e6)],
      ['process_start_time_seconds', 'Unix time of the start.', new Gauge(() => this.#started)],
    ]
    return all
      .flatMap(([name, help, metric]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${metric.kind}`,
        ...metric.lines(name),
      ])
      .concat('')
      .join('\n')
  }
}

function readCounter(value: number): Metric {
  const counter = new Counter()
  counter.add(value)
  return counter
}

function labelled(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return ''
  const quote = (value: string): string =>
    value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))
  return `{${names.map((name, index) => `${name}="${quote(values[index] ?? '')}"`).join(',')}}`
}
