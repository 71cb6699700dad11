import { ModelError } from '../errors.js'

/**
 * The binary container of models and gazetteers: magic, format version, JSON header, aligned little-endian sections.
 *
 * ```
 * 0   8 bytes   magic "EIGNAMEN"
 * 8   u32       container version
 * 12  u32       length of the whole file in bytes
 * 16  u32       checksum of everything from byte 20 on
 * 20  u32       length of the header in bytes
 * 24  JSON      header: { kind, sections: [{ name, type, offset, length }], ... }, UTF-8, padded with spaces
 * ..            sections, each on an 8-byte boundary, read as zero-copy views
 * ```
 */
export const CONTAINER_VERSION = 1
const MAGIC = 'EIGNAMEN'
const PREAMBLE = 24
const CHECKED_FROM = 20
const ALIGNMENT = 8

const VIEWS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
} as const

type ViewType = keyof typeof VIEWS
export type SectionView =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array

interface SectionEntry {
  readonly name: string
  readonly type: ViewType
  /** From the start of the file, in bytes. */
  readonly offset: number
  /** In elements. */
  readonly length: number
}

/** Any JSON object; `kind` tells models and gazetteers apart. */
export interface ContainerHeader {
  readonly kind: string
  readonly [key: string]: unknown
}

export interface Container {
  readonly header: ContainerHeader
  readonly byteLength: number
  readonly sections: readonly SectionEntry[]
  /** The section as a view of the type it was written with; throws if the file lacks it. */
  section<T extends ViewType>(name: string, type: T): InstanceType<(typeof VIEWS)[T]>
}

/** Opens container bytes. `source` names them in errors. No bytes are copied unless the view is not 8-byte aligned. */
export function openContainer(
  input: ArrayBufferLike | ArrayBufferView,
  kind: string,
  source: string,
): Container {
  const bytes = alignedBytes(input)
  const total = checkIntact(bytes, source)
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(20, true)
  const header = JSON.parse(
    // A copy: browsers decode no shared memory.
    new TextDecoder().decode(bytes.slice(PREAMBLE, PREAMBLE + headerLength)),
  ) as ContainerHeader & {
    sections: SectionEntry[]
  }
  if (header.kind !== kind) {
    throw new ModelError(
      'MODEL_FORMAT',
      `${source} holds a ${header.kind}, expected a ${kind}. The files of a model and of a gazetteer were mixed up.`,
    )
  }
  const entries = new Map(header.sections.map((entry) => [entry.name, entry]))
  return {
    header,
    byteLength: total,
    sections: header.sections,
    section(name, type) {
      const entry = entries.get(name)
      if (entry === undefined || entry.type !== type) {
        throw new ModelError(
          'MODEL_FORMAT',
          `${source} has no section "${name}" of type ${type}; it holds ${header.sections.map((s) => `${s.name}:${s.type}`).join(', ')}. ` +
            'Build the file again with this version of the library.',
        )
      }
      const View = VIEWS[type]
      return new View(
        bytes.buffer as ArrayBuffer,
        bytes.byteOffset + entry.offset,
        entry.length,
      ) as InstanceType<(typeof VIEWS)[typeof type]>
    },
  }
}

/** Whether the bytes are a whole, undamaged container of this version, whatever it holds. */
export function isIntact(input: Uint8Array): boolean {
  try {
    checkIntact(alignedBytes(input), '')
    return true
  } catch {
    return false
  }
}

/** Length of the file in bytes. @throws ModelError for anything but a whole container of this version */
function checkIntact(bytes: Uint8Array, source: string): number {
  if (bytes.length < PREAMBLE || readMagic(bytes) !== MAGIC) {
    throw new ModelError(
      'MODEL_FORMAT',
      `${source} is not an eigennamen file: expected the magic "${MAGIC}" at its start, found ${JSON.stringify(readMagic(bytes))}. ` +
        'Pass a file built by "eigennamen train" or "eigennamen gazetteer build".',
    )
  }
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = words.getUint32(8, true)
  if (version !== CONTAINER_VERSION) {
    throw new ModelError(
      'MODEL_VERSION',
      `${source} has container version ${version}, this library reads version ${CONTAINER_VERSION}. ` +
        'Use the file that came with this version of eigennamen, or build it again.',
    )
  }
  const total = words.getUint32(12, true)
  if (total !== bytes.length) {
    throw new ModelError(
      'MODEL_TRUNCATED',
      `${source} has ${bytes.length} bytes, its header promises ${total}. The file was cut or extended; copy it again.`,
    )
  }
  const found = checksum(bytes)
  if (found !== words.getUint32(16, true)) {
    throw new ModelError(
      'MODEL_CORRUPT',
      `${source} is damaged: its checksum is ${hex(found)}, expected ${hex(words.getUint32(16, true))}. Copy it again.`,
    )
  }
  return total
}

/** Writes a container; the same header and sections always give the same bytes. */
export function writeContainer(
  header: ContainerHeader,
  sections: Readonly<Record<string, SectionView>>,
): Uint8Array {
  const encode = (entries: readonly SectionEntry[]): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ ...header, sections: entries }))
  // The header holds offsets that depend on its own length: room is made until it fits.
  let headerLength = 0
  let layout = layOut(sections, headerLength)
  let json = encode(layout.entries)
  while (json.length > headerLength) {
    headerLength = align(json.length)
    layout = layOut(sections, headerLength)
    json = encode(layout.entries)
  }
  const { entries, total } = layout
  const bytes = new Uint8Array(total)
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i)
  const words = new DataView(bytes.buffer)
  words.setUint32(8, CONTAINER_VERSION, true)
  words.setUint32(12, total, true)
  words.setUint32(20, headerLength, true)
  bytes.fill(0x20, PREAMBLE, PREAMBLE + headerLength)
  bytes.set(json, PREAMBLE)
  for (const { name, offset } of entries) {
    const view = sections[name]!
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
  }
  words.setUint32(16, checksum(bytes), true)
  return bytes
}

/** Places of the sections behind a header of this length. */
function layOut(
  sections: Readonly<Record<string, SectionView>>,
  headerLength: number,
): { entries: SectionEntry[]; total: number } {
  const entries: SectionEntry[] = []
  let total = align(PREAMBLE + headerLength)
  for (const [name, view] of Object.entries(sections)) {
    entries.push({ name, type: viewType(view), offset: total, length: view.length })
    total = align(total + view.byteLength)
  }
  return { entries, total }
}

/** Word-wise multiply-xor checksum of everything behind itself; fast rather than cryptographic. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  let hash = bytes.length | 0
  for (let i = CHECKED_FROM >> 2; i < words.length; i++) {
    hash = Math.imul((hash << 5) | (hash >>> 27), 1) ^ words[i]!
    hash = Math.imul(hash, 0x9e3779b1)
  }
  return hash >>> 0
}

/** The bytes on an 8-byte boundary of their buffer; copied only where they do not lie on one. */
function alignedBytes(input: ArrayBufferLike | ArrayBufferView): Uint8Array {
  const bytes = ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input)
  return bytes.byteOffset % ALIGNMENT === 0 ? bytes : Uint8Array.from(bytes)
}

function viewType(view: SectionView): ViewType {
  for (const [type, View] of Object.entries(VIEWS)) if (view instanceof View) return type as ViewType
  throw new TypeError(`no section type for ${Object.prototype.toString.call(view)}`)
}

function readMagic(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length))
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
