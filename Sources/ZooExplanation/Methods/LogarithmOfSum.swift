#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// ln Σ eˣ without overflow.
func logarithmOfSum(_ values: [Double]) -> Double {
  let largest = values.max() ?? 0
  return largest + log(values.reduce(0) { $0 + exp($1 - largest) })
}
