import ts from 'typescript'

/** `// -> value` or `// throws CODE` behind a statement or on the next line, and the comment lines that go on with it. */
const EXPECTATION = /^;?[ \t]*(?:\n[ \t]*)?\/\/ (->|throws) (.*(?:\n[ \t]*\/\/ {3,}.*)*)/

/**
 * A TypeScript block as a JavaScript module for `runner.mjs`: each statement says where it is, those with an expectation hand
 * what they give to a check, and what is declared or imported at the top can be used by the blocks behind.
 * @throws Error for a block that is no TypeScript
 */
export function compileBlock(content: string, firstLine: number): string {
  const file = ts.createSourceFile('block.ts', content, ts.ScriptTarget.ES2022, true)
  const parts: string[] = []
  const names: string[] = []
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      parts.push(statement.getText())
      names.push(...importedNames(statement))
      continue
    }
    names.push(...declaredNames(statement))
    const line = firstLine + file.getLineAndCharacterOfPosition(statement.getStart()).line
    const expectation = EXPECTATION.exec(content.slice(statement.getEnd()))
    parts.push(`$at(${line})`, checked(statement, expectation))
  }
  parts.push(`Object.assign(globalThis, { ${names.join(', ')} })`)
  const { outputText, diagnostics } = ts.transpileModule(parts.join('\n;'), {
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  const [fault] = diagnostics ?? []
  if (fault !== undefined) {
    throw new Error(`line ${firstLine}: ${ts.flattenDiagnosticMessageText(fault.messageText, '\n')}`)
  }
  return outputText
}

function checked(statement: ts.Statement, expectation: RegExpExecArray | null): string {
  const source = statement.getText().replace(/;$/, '')
  if (expectation === null) return source
  const [, kind, text] = expectation
  const expected = JSON.stringify(text!.replace(/\n[ \t]*\/\/ {1,4}/g, '\n'))
  if (kind === 'throws') return `await $throws(${expected}, async () => { ${source} })`
  if (ts.isExpressionStatement(statement) && !source.startsWith('console.')) {
    return `$value(${expected}, (${source}))`
  }
  const [name, ...others] = declaredNames(statement)
  if (name !== undefined && others.length === 0) return `${source}\n;$value(${expected}, ${name})`
  return `$print(); ${source}\n;$printed(${expected})`
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  if (importClause === undefined || importClause.isTypeOnly) return []
  const { name, namedBindings } = importClause
  const names = name === undefined ? [] : [name.text]
  if (namedBindings === undefined) return names
  if (ts.isNamespaceImport(namedBindings)) return [...names, namedBindings.name.text]
  return [...names, ...namedBindings.elements.filter((e) => !e.isTypeOnly).map((e) => e.name.text)]
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name!.text]
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name }) => bound(name))
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []))
}
