import { ModelError } from '../errors.js'
import { Arena } from '../network/arena.js'
import { BiLstm } from '../network/bilstm.js'
import { Committee } from '../network/committee.js'
import { instantiateKernel } from '../network/kernel.js'
import { QuasiRecurrent } from '../network/quasi-recurrent.js'
import type { QuasiRecurrentModel } from '../network/quasi-recurrent-model.js'
import type { Scorer } from '../network/scorer.js'
import type { NetworkName } from './network-names.js'
import type { TaggerModel } from './tagger-model.js'

/** Types whose products the fast network keeps: alone, where they are most of the work, and beside the other one. */
const SLOTS_ALONE = 1 << 16
const SLOTS_BESIDE = 1 << 14

/**
 * @param capacity most tokens of a batch
 * @throws ModelError if the model has no such network
 */
export function openNetwork(model: TaggerModel, name: NetworkName, capacity: number): Scorer {
  const { fast } = model
  if (name === 'fast') {
    if (fast === undefined) {
      throw new ModelError(
        'MODEL_FORMAT',
        `the model "${model.header.name}" has no fast network; it has the accurate one. Open it as "accurate", or train it again.`,
      )
    }
    return openFast(model, fast, capacity, SLOTS_ALONE)
  }
  const slow = openSlow(model, capacity)
  // A model in training has no fast network yet.
  return fast === undefined
    ? slow
    : new Committee([slow, openFast(model, fast, capacity, SLOTS_BESIDE)], model.temperature, capacity)
}

function openSlow({ network, temperature }: TaggerModel, capacity: number): Scorer {
  const arena = new Arena()
  return new BiLstm(arena, instantiateKernel(arena.memory), network, temperature, capacity)
}

function openFast(
  { network }: TaggerModel,
  fast: QuasiRecurrentModel,
  capacity: number,
  slots: number,
): Scorer {
  const arena = new Arena()
  const size = network.sizes.embedding + network.sizes.projection
  return new QuasiRecurrent(arena, instantiateKernel(arena.memory), fast, size, capacity, slots)
}
