/** Word lists are text files, inlined at build time. */
declare module '*.txt' {
  const content: string
  export default content
}
