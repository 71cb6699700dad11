/** de-compromise names types in its package.json but does not ship them. */
declare module 'de-compromise' {
  import nlp from 'compromise'
  export default nlp
}
