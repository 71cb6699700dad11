/** The twin of WORD in models/teacher/words.py. */
export const WORD = /[\p{L}\p{Nl}\p{No}]+|\p{Nd}+|[^\s]/gu
