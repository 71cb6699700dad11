const QID = /^Q[1-9]\d*$/
const CONCEPT = 'http://www.wikidata.org/entity/'

/**
 * IRI of the thing itself (https://www.wikidata.org/wiki/Wikidata:Data_access): http and `entity`, never the page about it.
 * Undefined for an identifier that is no QID: a caller's own gazetteer may hold any.
 */
export function conceptIri(id: string | undefined): string | undefined {
  return id !== undefined && QID.test(id) ? CONCEPT + id : undefined
}

/** Address of the page about it, for readers. */
export function wikidataPage(id: string | undefined): string | undefined {
  return id !== undefined && QID.test(id) ? `https://www.wikidata.org/wiki/${id}` : undefined
}

/** Identifier of a concept IRI; any other IRI is answered as it stands. */
export function idOfIri(iri: string): string {
  return iri.replace(/^https?:\/\/www\.wikidata\.org\/entity\//, '')
}
