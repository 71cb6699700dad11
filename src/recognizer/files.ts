/** How much of a file has arrived, in bytes as they come out of the network stack (decompressed). */
export interface LoadProgress {
  readonly file: 'model' | 'gazetteer'
  readonly loaded: number
  /** Length of the file; undefined while the server has not said it. The last report of a file has `loaded === total`. */
  readonly total: number | undefined
}

/** What goes with the reading of one file. */
export interface FileRequest {
  readonly report?: ((loaded: number, total: number | undefined) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Name of a cache of the Cache API; only browsers have one. */
  readonly cache?: string | undefined
}

/** The platform's way to files: Node and browsers do it differently. */
export interface Files {
  /** Reads a file of the package's `models` folder. */
  shipped(name: ShippedFile, request: FileRequest): Promise<Uint8Array>
  at(url: URL, request: FileRequest): Promise<Uint8Array>
}

/** The files in `models/`, by name. */
export type ShippedFile = 'news.model' | 'gazetteer.bin'
