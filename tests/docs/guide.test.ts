import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.js'
import { runGuide } from './guide.js'
import { typeFaults } from './type-check.js'

const fence = (info: string, ...lines: string[]): string => `\`\`\`${info}\n${lines.join('\n')}\n\`\`\`\n`
const run = (...blocks: string[]): Promise<void> => runGuide('guide.md', blocks.join('\n'))

describe('runGuide', () => {
  it('lets a guide pass that tells the truth', async () => {
    await run(
      fence(
        'ts',
        "import { existsSync } from 'node:fs'",
        'const a = [1, 2, { b: 0.126, c: null }] // -> [1, ...]',
      ),
      fence(
        'ts',
        'a // -> [1, 2, { b: 0.13, ... }]',
        'for (const x of [1, 2]) console.log(x)',
        '// -> 1',
        '//    2',
      ),
      fence('ts', "const a = await Promise.resolve('x')", "a + existsSync('artikel.txt')", "// -> 'xtrue'"),
      fence('ts', "console.log('a', 1)", "JSON.parse('{') // throws SyntaxError"),
      fence('', 'a 1'),
      fence('sh', 'printf "a 1\\nb\\nc\\n"'),
      fence('', 'a ...', '...', 'c'),
      '<!-- output of: eigennamen --version | wc -l -->',
      fence('', '1'),
      '<!-- no-run: no network -->',
      fence('sh no-run', 'exit 1'),
    )
  })

  it.each([
    [/line 2: the guide says\n3\nbut it is\n2/, fence('ts', '1 + 1 // -> 3')],
    [
      /line 3: the guide says\n\[1, 2\]\nbut it is\n\[ 1, 2, 3 \]/,
      fence('ts', 'const x = [1, 2, 3]', 'x', '// -> [1, 2]'),
    ],
    [/the guide says\n\{ a: 1 \}/, fence('ts', 'const x = { a: 1, b: 2 } // -> { a: 1 }')],
    [/the guide says\na\nbut it is\nb/, fence('ts', "console.log('b') // -> a")],
    [
      /the guide says\nSyntaxError\nbut it is\nnothing is thrown/,
      fence('ts', "JSON.parse('1') // throws SyntaxError"),
    ],
    [/line 3: TypeError/, fence('ts', 'const x = undefined', 'x.y')],
    [/line 1: exit code 3/, fence('sh', 'exit 3')],
    [/the guide says\nb\nbut it is\na/, fence('sh', 'echo a') + fence('', 'b')],
    [/the guide says\na\nbut it is\na\nb/, fence('sh', 'echo a; echo b') + fence('', 'a')],
    [/line 1: a plain block is output/, fence('', 'a')],
    [/line 1: no-run needs a line/, fence('sh no-run', 'exit 3')],
    [/line 1: a block of "js" is not run/, fence('js', 'x')],
    [/line 1: "ts norun" holds an unknown word/, fence('ts norun', 'x')],
    [/line 3: .*expected/, `<!-- no-run: x -->\n${fence('ts no-run', 'const = 3')}`],
  ])('finds a fault: %s', async (message, markdown) => {
    await expect(run(markdown)).rejects.toThrow(message)
  })
})

describe('blocksOf', () => {
  it('reads language, lines, reasons and outputs', () => {
    const markdown = `# A\n\n${fence('ts', 'a')}\n${fence('', 'b')}\n<!-- no-run: why -->\n${fence('sh no-run', 'c')}${fence('json', '{}')}`
    expect(blocksOf(markdown)).toEqual([
      { line: 3, language: 'ts', content: 'a', output: 'b' },
      { line: 12, language: 'sh', content: 'c', noRun: 'why' },
    ])
  })
})

describe('typeFaults', () => {
  it('sees the names of earlier blocks, and finds faults where they stand', () => {
    const blocks = blocksOf(
      [
        fence('ts', "import { loadRecognizer } from 'eigennamen'", 'const ner = await loadRecognizer()'),
        fence(
          'ts',
          "import { loadRecognizer, type Entity } from 'eigennamen'",
          "const doc = ner.recognize('x')",
        ),
        fence('ts', 'const doc: Entity | undefined = ner.recognize(3).entities.find(Boolean)', 'doc.start'),
      ].join('\n'),
    )
    expect(typeFaults(new Map([['docs/x.md', blocks]]))).toEqual([
      "docs/x.md, line 12: Argument of type 'number' is not assignable to parameter of type 'string'.",
      "docs/x.md, line 13: 'doc' is possibly 'undefined'.",
    ])
  }, 120_000)
})
