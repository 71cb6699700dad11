/**
 * Exponential and logarithm from additions and multiplications only. Math.exp may differ between engines in the last bit;
 * these do not, which keeps training reproducible to the byte and scores equal in Node and browsers.
 */

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const INVERSE_LN2 = 1.4426950408889634

/** Powers of two from 2^-1074 to 2^1023; each is exact. */
const POWERS = new Float64Array(2098)
for (let i = 0, value = 1; i < 1024; i++, value *= 2) POWERS[i + 1074] = value
for (let i = 1, value = 0.5; i <= 1074; i++, value *= 0.5) POWERS[1074 - i] = value

/** e^x to within 1e-13 relative; 0 below -708, Infinity above 709. */
export function exp(x: number): number {
  if (x < -708) return 0
  if (x > 709) return Infinity
  const power = Math.round(x * INVERSE_LN2)
  const r = x - power * LN2_HIGH - power * LN2_LOW
  // Taylor series by Horner's rule; |r| <= ln(2) / 2.
  let sum = 1 + r / 12
  sum = 1 + (r / 11) * sum
  sum = 1 + (r / 10) * sum
  sum = 1 + (r / 9) * sum
  sum = 1 + (r / 8) * sum
  sum = 1 + (r / 7) * sum
  sum = 1 + (r / 6) * sum
  sum = 1 + (r / 5) * sum
  sum = 1 + (r / 4) * sum
  sum = 1 + (r / 3) * sum
  sum = 1 + (r / 2) * sum
  sum = 1 + r * sum
  return sum * POWERS[power + 1074]!
}
