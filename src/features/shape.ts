import { Char, classAt, widthAt } from '../text/characters.js'

const LONGEST = 10

/**
 * Shape of a word with runs collapsed: `Xx` Berlin, `X` SPD, `x` und, `X-Xx` EU-Kommission, `0` 2014, `0.` 3., `XxX` iPhone
 * style inner capitals. At most ten symbols; punctuation stands for itself.
 */
export function shapeOf(word: string): string {
  let shape = ''
  let last = ''
  for (let at = 0; at < word.length && shape.length < LONGEST; at += widthAt(word, at)) {
    const symbol = shapeSymbol(word, at)
    if (symbol === last && symbol !== '') continue
    shape += symbol
    last = symbol
  }
  return shape
}

function shapeSymbol(word: string, at: number): string {
  switch (classAt(word, at)) {
    case Char.Upper:
      return 'X'
    case Char.Lower:
      return 'x'
    case Char.Letter:
      return 'l'
    case Char.Digit:
      return '0'
    case Char.Mark:
    case Char.Joiner:
      return ''
    case Char.Symbol:
      return '$'
    case Char.Other:
      return '?'
    default:
      return word.charAt(at)
  }
}
