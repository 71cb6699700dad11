/** What XML 1.0 cannot hold in any form (production 2, Char): most control characters, lone surrogates, U+FFFE, U+FFFF. */
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu
const REPLACEMENT = '\ufffd'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Parsers turn these into others unless they are written as references (2.11 end-of-line handling, 3.3.3 attributes).
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/**
 * Character data that a parser gives back as it was, line breaks of every kind included. A character that XML cannot hold
 * becomes U+FFFD: one for one in code points.
 */
export function escapeXmlText(text: string): string {
  return text.replace(ILLEGAL, REPLACEMENT).replace(/[&<>\r]/g, (char) => ENTITIES[char]!)
}

/** The value of an attribute in double quotes. */
export function escapeXmlAttribute(value: string): string {
  return value.replace(ILLEGAL, REPLACEMENT).replace(/[&<>"\r\n\t]/g, (char) => ENTITIES[char]!)
}

/** ` name="value"` for each attribute that has a value. */
export function xmlAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXmlAttribute(value)}"`)
    .join('')
}
