/** Elements between two rows of emission scores. */
export const OUTPUT_ROW = 32
/** Emission scores are integers in units of `1 / SCORE_SCALE`. */
export const SCORE_SCALE = 1 << 10
/** Phrase codes are below this; see PhraseSet. */
export const PHRASE_CODES = 32
/** Contexts of a token that its word does not tell: phrase code and quotation. */
export const CONTEXTS = 2 * PHRASE_CODES

/** Number of a context, below `CONTEXTS`. */
export function contextOf(phrase: number, quoted: number): number {
  return 2 * phrase + quoted
}

/** Tokens of several sequences, one sequence after the other. */
export interface Batch {
  /** Word type of each token. */
  readonly types: Int32Array
  /** Context of each token; see `contextOf`. */
  readonly contexts: Int32Array
  /** Tokens of each sequence, at least 1. */
  readonly lengths: readonly number[]
}

/** A network that scores the labels of tokens. */
export interface Scorer {
  /** Scores of label after label, `[from * L + to]`. */
  readonly transitions: Float32Array
  /** What scores are divided by before they become probabilities. */
  readonly temperature: number
  /** Emission scores of the tokens in order of the batch, `tokens x OUTPUT_ROW`, once a batch was run; they may be changed. */
  readonly outputs: Int32Array
  /**
   * Scores a batch.
   * @param inputs inputs of all word types, `types x size`; see `TypeInputs`
   */
  run(batch: Batch, inputs: Int16Array): void
  /** Forgets what was computed for word types: their numbers are about to get another meaning. */
  forget(): void
}
