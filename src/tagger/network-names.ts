/** How a model file is read: by the fast network alone, or more accurately by both of its networks together. */
export type NetworkName = 'accurate' | 'fast'

export const NETWORKS: readonly NetworkName[] = ['accurate', 'fast']
