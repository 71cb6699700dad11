import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SAMPLES = fileURLToPath(new URL('../../corpus/samples', import.meta.url))

/** The sample articles, and strings in which offsets are easily lost. */
export const TEXTS: readonly string[] = [
  ...readdirSync(SAMPLES)
    .sort()
    .map((name) => readFileSync(join(SAMPLES, name), 'utf8')),
  'Toqajew traf in Nur-Sultan Vertreter der OVKS.',
  '👩‍👩‍👧 Angela Merkel 🇩🇪 in Berlin 🎉, sagt Olaf Scholz 👍🏽.',
  'Die Bun\u00addes\u00adre\u00adgie\u00adrung in Ber\u00adlin lobt Angela Mer\u00adkel.',
  'Merkel \ud800 in Berlin \udc00\ud83d und \udfff Kiew',
  '\ufeffZ\u0308urich und Zürich, Recep Tayyip Erdog\u0306an\u200b in Ankara\u00a0',
  '',
  ' \n\t\r\n ',
  `${'Deutsche Bahn und Siemens Mobility bauen in Almaty.\n\nDie EU-Kommission prüft. '.repeat(40)}`,
]
