/** Longest stretch labelled at once; longer "sentences" (tables, lists, a text without a period) are cut there. */
export const LONGEST_SEGMENT = 512
/** Neighbouring sentences are labelled together up to this many tokens, so that one tells the network about the next. */
export const USUAL_SEGMENT = 120

/**
 * Segments of a text: whole sentences together, long ones in pieces.
 * @param sentences first token of each sentence, and the number of tokens at the end
 * @returns first token of each segment, and the number of tokens at the end
 */
export function segmentBounds(sentences: ArrayLike<number>, usual = USUAL_SEGMENT): number[] {
  const bounds = [sentences.length === 0 ? 0 : sentences[0]!]
  let begin = bounds[0]!
  for (let sentence = 0; sentence < sentences.length - 1; sentence++) {
    const end = sentences[sentence + 1]!
    if (end - begin > usual && sentences[sentence]! > begin) {
      begin = sentences[sentence]!
      bounds.push(begin)
    }
    while (end - begin > LONGEST_SEGMENT) {
      begin += LONGEST_SEGMENT
      bounds.push(begin)
    }
  }
  const end = sentences.length === 0 ? 0 : sentences[sentences.length - 1]!
  if (end > begin) bounds.push(end)
  return bounds
}
