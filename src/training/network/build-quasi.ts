import { ByteMatrix } from '../../network/byte-matrix.js'
import {
  columnsOf,
  type QuasiRecurrentModel,
  SUM_SCALE,
  WINDOW,
} from '../../network/quasi-recurrent-model.js'
import { integers, scaleFor } from './integers.js'
import type { QuasiOptions, QuasiWeights } from './quasi-trainer.js'

/** Trained weights of the fast network in the form that ships. */
export function buildQuasi(
  weights: QuasiWeights,
  options: QuasiOptions,
  temperature: number,
): QuasiRecurrentModel {
  const { hidden, dense } = options
  const weightScale = scaleFor([weights.input, weights.dense, weights.output])
  return {
    sizes: { hidden, dense, weightScale, temperature },
    input: ByteMatrix.quantise(integers(weights.input, weightScale), WINDOW * columnsOf(options)),
    contexts: integers(weights.contexts, SUM_SCALE),
    dense: ByteMatrix.quantise(integers(weights.dense, weightScale), dense),
    output: integers(weights.output, weightScale),
    outputBias: weights.outputBias,
    transitions: weights.transitions,
  }
}
