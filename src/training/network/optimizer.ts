import type { Arena, Block } from '../../network/arena.js'
import type { TrainingKernel } from './training-kernel.js'

/** Weights with their gradient and Adam's two moments. */
export interface Parameter {
  readonly weights: Block
  /** Added up until the optimiser clears it. */
  readonly gradient: Block
  readonly first: Block
  readonly second: Block
}

export function reserveParameter(arena: Arena, length: number): Parameter {
  return withMoments(arena, { weights: arena.reserve(length), gradient: arena.reserve(length) })
}

export function withMoments(
  arena: Arena,
  { weights, gradient }: Pick<Parameter, 'weights' | 'gradient'>,
): Parameter {
  return { weights, gradient, first: arena.reserve(weights.length), second: arena.reserve(weights.length) }
}

/** Kingma and Ba, "Adam: a method for stochastic optimization", 2015, with a limit on the norm of the whole gradient. */
export class Adam {
  private readonly kernel: TrainingKernel
  private readonly parameters: readonly Parameter[]
  private readonly clip: number
  private steps = 0
  private first = 1
  private correction = 1

  /** @param clip largest norm of the gradient */
  constructor(kernel: TrainingKernel, parameters: readonly Parameter[], clip: number) {
    this.kernel = kernel
    this.parameters = parameters
    this.clip = clip
  }

  /** Changes all parameters and clears their gradients. */
  step(rate: number): void {
    this.steps++
    this.first = 1 / (1 - power(0.9, this.steps))
    this.correction = Math.sqrt(1 / (1 - power(0.99, this.steps)))
    let norm = 0
    for (const { gradient } of this.parameters)
      norm += this.kernel.squaredNorm(gradient.at, padded(gradient.length))
    const factor = Math.min(1, this.clip / (Math.sqrt(norm) + 1e-6))
    for (const parameter of this.parameters)
      this.change(parameter, 0, padded(parameter.weights.length), rate, factor)
  }

  /** Changes a stretch of a parameter that is not among the others, in the step that was just done. */
  change(
    { weights, gradient, first, second }: Parameter,
    from: number,
    length: number,
    rate: number,
    factor = 1,
  ): void {
    const at = from * 4
    this.kernel.adam(
      weights.at + at,
      gradient.at + at,
      first.at + at,
      second.at + at,
      length,
      rate * this.first,
      this.correction,
      factor,
    )
  }
}

/** Blocks are padded to whole vectors of 4. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}

/** base^n by repeated squaring: Math.pow may differ between engines. */
function power(base: number, n: number): number {
  let result = 1
  for (let b = base, e = n; e > 0; e = Math.floor(e / 2), b *= b) if (e % 2 === 1) result *= b
  return result
}
