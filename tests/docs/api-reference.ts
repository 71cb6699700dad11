import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Import path in the package, and the file whose exports it is. */
const ENTRIES: readonly (readonly [string, string])[] = [
  ['eigennamen', 'src/index.ts'],
  ['eigennamen/formats', 'src/formats/public.ts'],
  ['eigennamen/compromise', 'src/compromise.ts'],
  ['eigennamen/wink', 'src/wink.ts'],
]

const INTRODUCTION = `# API reference

Made from the docstrings by \`npm run docs:api\`; do not edit. The guides say how things are used. Offsets are half-open UTF-16
offsets everywhere: \`text.slice(start, end)\` is the thing itself.
`

/** The reference of the public API as one Markdown page, from the declarations and docstrings of the sources. */
export function apiReference(): string {
  const files = ENTRIES.map(([, file]) => ROOT + file)
  const { options } = ts.convertCompilerOptionsFromJson(
    { target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', strict: true, types: ['node'] },
    ROOT,
  )
  const program = ts.createProgram([...files, `${ROOT}src/text-files.d.ts`], options)
  const page = new Page(program.getTypeChecker())
  return `${INTRODUCTION}\n${ENTRIES.map(([name, file]) => page.section(name, program.getSourceFile(ROOT + file)!)).join('\n')}`
}

interface Item {
  readonly name: string
  readonly declaration: ts.Declaration
  readonly order: number
}

/** Functions first, then classes, then what they take and answer. */
function orderOf(declaration: ts.Declaration): number {
  if (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration)) return 0
  if (ts.isClassDeclaration(declaration)) return isError(declaration) ? 3 : 1
  return 2
}

function isError(declaration: ts.ClassDeclaration): boolean {
  return declaration.name!.text.endsWith('Error')
}

class Page {
  readonly #checker: ts.TypeChecker
  /** Where each name was described, so that it is described once. */
  readonly #described = new Map<ts.Declaration, string>()

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  section(entry: string, file: ts.SourceFile): string {
    const items = this.#exportsOf(file)
    const known = items.filter(({ declaration }) => this.#described.has(declaration))
    const fresh = items.filter(({ declaration }) => !this.#described.has(declaration))
    for (const { declaration } of fresh) this.#described.set(declaration, entry)
    const lines = [`## ${entry}`, '', ...fresh.flatMap((item) => this.#item(item))]
    if (known.length > 0) {
      lines.push(`Exported here, too: ${known.map(({ name }) => `\`${name}\``).join(', ')}.`, '')
    }
    return lines.join('\n')
  }

  #exportsOf(file: ts.SourceFile): Item[] {
    const symbol = this.#checker.getSymbolAtLocation(file)!
    return this.#checker
      .getExportsOfModule(symbol)
      .map((exported) => {
        const target =
          exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported
        const declaration = target.declarations![0]!
        return { name: exported.name, declaration, order: orderOf(declaration) }
      })
      .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
  }

  #item({ name, declaration }: Item): string[] {
    const head = [`### ${name}`, '']
    if (ts.isFunctionDeclaration(declaration)) {
      return [...head, code(`${name}${signature(declaration)}`), '', ...docs(declaration)]
    }
    if (ts.isVariableDeclaration(declaration)) {
      const type = declaration.type!
      const shown = ts.isFunctionTypeNode(type) ? `${name}${signature(type)}` : `${name}: ${oneLine(type)}`
      return [...head, code(shown), '', ...docs(declaration)]
    }
    if (ts.isClassDeclaration(declaration)) return [...head, ...this.#class(declaration)]
    if (ts.isInterfaceDeclaration(declaration)) return [...head, ...this.#interface(declaration)]
    if (ts.isTypeAliasDeclaration(declaration)) {
      return [
        ...head,
        code(`type ${name} = ${oneLine(this.#resolved(declaration))}`),
        '',
        ...docs(declaration),
      ]
    }
    const place = relative(ROOT, declaration.getSourceFile().fileName)
    throw new Error(
      `${name} in ${place} is neither function, class nor type; teach ${import.meta.url} to show it`,
    )
  }

  /** The alternatives themselves where the source says `(typeof LIST)[number]`. */
  #resolved(declaration: ts.TypeAliasDeclaration): ts.TypeNode | string {
    if (!ts.isIndexedAccessTypeNode(declaration.type)) return declaration.type
    const type = this.#checker.getTypeAtLocation(declaration)
    return this.#checker
      .typeToString(type, undefined, ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.NoTruncation)
      .replaceAll('"', "'")
  }

  #class(declaration: ts.ClassDeclaration): string[] {
    const lines = [...heritage(declaration), ...docs(declaration)]
    const members = declaration.members.filter(isPublic)
    lines.push(...memberTable(members.filter((m) => ts.isPropertyDeclaration(m) || ts.isGetAccessor(m))))
    for (const method of members.filter(ts.isMethodDeclaration)) {
      lines.push(
        `#### .${method.name.getText()}()`,
        '',
        code(`${method.name.getText()}${signature(method)}`),
        '',
      )
      lines.push(...docs(method))
    }
    return lines
  }

  #interface(declaration: ts.InterfaceDeclaration): string[] {
    const members = declaration.members.filter(isPublic)
    return [...heritage(declaration), ...docs(declaration), ...memberTable(members)]
  }
}

function heritage(declaration: ts.ClassDeclaration | ts.InterfaceDeclaration): string[] {
  const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => type.getText()),
  )
  return bases.length === 0 ? [] : [`Extends ${bases.map((base) => `\`${base}\``).join(', ')}.`, '']
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (ts.isConstructorDeclaration(member) || member.name === undefined) return false
  if (ts.isPrivateIdentifier(member.name)) return false
  const hidden = ts.SyntaxKind.PrivateKeyword
  if (ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === hidden))
    return false
  return !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')
}

/** Name, type and meaning of each member, a row each. */
function memberTable(members: readonly (ts.ClassElement | ts.TypeElement)[]): string[] {
  if (members.length === 0) return []
  const rows = members.map((member) => {
    const optional = 'questionToken' in member && member.questionToken !== undefined ? '?' : ''
    return `| \`${member.name!.getText()}${optional}\` | ${cell(code(memberType(member)))} | ${cell(docs(member).filter(Boolean).join(' '))} |`
  })
  return ['| member | type | |', '| --- | --- | --- |', ...rows, '']
}

function memberType(member: ts.ClassElement | ts.TypeElement): string {
  if (ts.isMethodSignature(member)) return signature(member)
  const { type } = member as ts.PropertySignature | ts.GetAccessorDeclaration
  return type === undefined ? 'unknown' : oneLine(type)
}

/** `(name: string, options?: LookupOptions): Candidate[]`; a parameter with a default is optional. */
function signature(node: ts.SignatureDeclaration): string {
  const parameters = node.parameters.map(({ name, type, questionToken, initializer, dotDotDotToken }) => {
    const optional = questionToken !== undefined || initializer !== undefined ? '?' : ''
    // Without a type stands only what has a default: `source = 'brat'`.
    const shown = type === undefined ? typeof literalOf(initializer) : oneLine(type)
    return `${dotDotDotToken ? '...' : ''}${name.getText()}${optional}: ${shown}`
  })
  return `(${parameters.join(', ')}): ${node.type === undefined ? 'unknown' : oneLine(node.type)}`
}

function literalOf(initializer: ts.Expression | undefined): unknown {
  if (initializer !== undefined && ts.isStringLiteral(initializer)) return initializer.text
  if (initializer !== undefined && ts.isNumericLiteral(initializer)) return Number(initializer.text)
  throw new Error(`a public parameter needs a type: ${initializer?.getText()}`)
}

const printer = ts.createPrinter({ removeComments: true })

/** A type in one line, as the source writes it but for comments. */
function oneLine(type: ts.TypeNode | string): string {
  const text =
    typeof type === 'string' ? type : printer.printNode(ts.EmitHint.Unspecified, type, type.getSourceFile())
  return text.replace(/\s+/g, ' ').replace(/^\| /, '').replace(/; \}/g, ' }').trim()
}

function code(text: string): string {
  return `\`${text}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** The docstring as Markdown: its text, then what is thrown. Line breaks within a paragraph go. */
function docs(node: ts.Node): string[] {
  const blocks = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const text = blocks.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join('\n\n')
  const lines = text === '' ? [] : [reflow(text), '']
  for (const tag of ts.getJSDocTags(node)) {
    const comment = ts.getTextOfJSDocComment(tag.comment) ?? ''
    if (tag.tagName.text === 'throws') lines.push(`Throws ${reflow(comment)}.`, '')
  }
  return lines
}

/** Joins the lines of paragraphs; code blocks stay as they are. */
function reflow(text: string): string {
  return text
    .replaceAll('\r', '')
    .split(/(```[\s\S]*?```)/)
    .map((part) => (part.startsWith('```') ? part : part.replace(/([^\n])\n(?!\n|- )/g, '$1 ')))
    .join('')
    .trim()
}
