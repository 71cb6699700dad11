import type { Entity, IndexedEntity } from '../types.js'

/** The distinct entities of a document's mentions, most often named first, each with its mentions. */
export function distinctEntities(entities: readonly Entity[]): IndexedEntity[] {
  const byCluster = new Map<number, Entity[]>()
  for (const entity of entities) {
    const mentions = byCluster.get(entity.cluster)
    if (mentions === undefined) byCluster.set(entity.cluster, [entity])
    else mentions.push(entity)
  }
  return [...byCluster.values()]
    .map((mentions) => {
      const { canonical, type, id, cluster } = mentions[0]!
      return {
        canonical,
        type,
        ...(id === undefined ? {} : { id }),
        cluster,
        count: mentions.length,
        mentions,
      }
    })
    .sort((a, b) => b.count - a.count || a.mentions[0]!.start - b.mentions[0]!.start)
}
