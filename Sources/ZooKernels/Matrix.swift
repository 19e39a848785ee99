internal import COpenBLAS

/// Products of dense matrices by OpenBLAS, on the calling thread.
public enum Matrix {
  /// Tells OpenBLAS to use no threads of its own, once for the process: the engine's workers share out the samples.
  ///
  /// Saying it again while another thread multiplies would be a race inside OpenBLAS.
  public static func useCallingThread() { _ = isSingleThreaded }

  private static let isSingleThreaded: Bool = {
    zoo_blas_single_thread()
    return true
  }()

  /// y (rows × units) = x (rows × inputs) · wᵀ, with w (units × inputs).
  public static func dense(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int,
    inputs: Int,
    units: Int
  ) {
    zoo_sgemm(
      0, 1, Int64(rows), Int64(units), Int64(inputs), x, Int64(inputs), w, Int64(inputs), 0, y, Int64(units))
  }

  /// dx (rows × inputs) = dy (rows × units) · w
  public static func denseData(
    _ dy: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, rows: Int,
    inputs: Int,
    units: Int
  ) {
    zoo_sgemm(
      0, 0, Int64(rows), Int64(inputs), Int64(units), dy, Int64(units), w, Int64(inputs), 0, dx, Int64(inputs)
    )
  }

  /// dw (units × inputs) = dyᵀ · x over all rows.
  public static func denseWeights(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>, rows: Int,
    inputs: Int,
    units: Int
  ) {
    zoo_sgemm(
      1, 0, Int64(units), Int64(inputs), Int64(rows), dy, Int64(units), x, Int64(inputs), 0, dw, Int64(inputs)
    )
  }
}
