export declare const WORD: RegExp
