import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Block } from './blocks.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What the package's entries are in the sources; their types are those of the build. */
const PATHS = {
  eigennamen: ['src/index.ts'],
  'eigennamen/formats': ['src/formats/public.ts'],
  'eigennamen/compromise': ['src/compromise.ts'],
  'eigennamen/wink': ['src/wink.ts'],
}

/**
 * Faults that the compiler finds in the blocks of guides, as `guide, line N: message`. The blocks of a guide are nested scopes, each
 * in the one before, so that a later block sees the names of the earlier ones and may declare them anew.
 */
export function typeFaults(guides: ReadonlyMap<string, readonly Block[]>): string[] {
  const sources = new Map([...guides].map(([name, blocks]) => [`${ROOT}${name}.ts`, nest(blocks)]))
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'Bundler',
      lib: ['ES2023', 'DOM'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      paths: PATHS,
    },
    ROOT,
  )
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (path) => sources.has(path) || fileExists(path)
  host.readFile = (path) => sources.get(path) ?? readFile(path)
  host.getSourceFile = (path, language, ...rest) => {
    const source = sources.get(path)
    return source === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, source, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...sources.keys(), `${ROOT}src/text-files.d.ts`], options, host)
  return [...sources.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!
    const faults = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return faults.map(({ start, messageText }) => {
      const line = file.getLineAndCharacterOfPosition(start!).line + 1
      return `${path.slice(ROOT.length, -'.ts'.length)}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}

/** One module with every statement on its line of the guide; imports are left where they are, once each. */
function nest(blocks: readonly Block[]): string {
  const lines: string[] = []
  const imports = new Set<string>()
  let depth = 0
  for (const { language, line, content } of blocks) {
    if (language !== 'ts') continue
    while (lines.length < line) lines.push('')
    const file = ts.createSourceFile('block.ts', content, ts.ScriptTarget.ES2022, true)
    let body = content
    for (const statement of file.statements.filter(ts.isImportDeclaration).reverse()) {
      imports.add(statement.getText())
      const blank = statement.getText().replace(/[^\n]/g, ' ')
      body = body.slice(0, statement.getStart()) + blank + body.slice(statement.getEnd())
    }
    lines[lines.length - 1] += '{'
    depth++
    lines.push(...body.split('\n'))
  }
  // Imports stand in the first line, behind the scopes' module: hoisted all the same.
  return `${merged(imports)}; export {}; ${lines.join('\n')}\n${'}'.repeat(depth)}`
}

/** Import statements without what an earlier one brought. */
function merged(imports: ReadonlySet<string>): string {
  const seen = new Set<string>()
  const kept: string[] = []
  for (const text of imports) {
    const [, type = '', names, from] = /^import (type )?\{([^}]*)\} from (.*)$/s.exec(text) ?? []
    if (names === undefined) {
      if (!seen.has(text)) kept.push(text)
      seen.add(text)
      continue
    }
    const fresh = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !seen.has(name))
    for (const name of fresh) seen.add(name)
    if (fresh.length > 0) kept.push(`import ${type}{ ${fresh.join(', ')} } from ${from}`)
  }
  return kept.map((text) => text.replaceAll('\n', ' ')).join('; ')
}
