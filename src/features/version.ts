/** Version of the feature definitions and their hashes. A model repeats it and is refused under any other. */
export const FEATURE_VERSION = 2
