/** A module that is loaded when it is first needed; later calls cost nothing, where `import()` looks it up again each time. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
