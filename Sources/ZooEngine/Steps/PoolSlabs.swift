internal import CKernels
import ZooGraph

/// How a pool is cut into slabs, small enough for the nearest caches: some rows of one plane of the output, and the box of input
/// planes and rows that their windows cover.
struct PoolSlabs {
  let planes: PoolAxis
  let rows: PoolAxis
  let columns: PoolAxis
  private let countsPadding: Bool
  /// Bytes of input in f32 that a slab may have, where a single row of windows does not have more: the nearest cache holds it,
  /// or the next where slabs share rows, which are then read less often.
  private var bytes: Int { planes.overlaps || rows.overlaps ? 256 << 10 : 8 << 10 }

  init(_ window: Window, input: [Int], output: [Int], countsPadding: Bool) {
    func axis(_ i: Int) -> PoolAxis {
      PoolAxis(
        input: input[i], output: output[i], kernel: window.kernel[i], stride: window.stride[i],
        padding: window.paddingBefore[i])
    }
    (planes, rows, columns) = (axis(0), axis(1), axis(2))
    self.countsPadding = countsPadding
  }

  /// Rows of the output in a slab of the forward pass.
  var rowsForward: Int {
    let planes = min(planes.kernel, planes.input)
    return min(rows.output, max(1, bytes / (planes * rows.stride * columns.input * 64)))
  }

  /// Rows of the output in a slab of the backward pass: where windows share voxels, gradients are summed plane by plane.
  var rowsBackward: Int { planes.overlaps || rows.overlaps ? rows.output : rowsForward }

  /// Floats of the input and of the output that the largest slab of any pass has.
  func floats(isTraining: Bool, isMasked: Bool) -> (input: Int, output: Int) {
    // What dropout masks goes back in whole planes.
    let backward = isTraining ? [isMasked ? rows.output : rowsBackward] : []
    var size = (input: 0, output: 0)
    for rows in [rowsForward] + backward {
      forEach(rows: rows) { slab in
        size.input = max(size.input, 16 * slab.planes.count * slab.count)
        size.output = max(size.output, 16 * slab.outputCount)
      }
    }
    return size
  }

  /// Calls `body` for the slabs of one block, in the order of the output.
  func forEach(rows step: Int, _ body: (PoolSlab) -> Void) {
    for plane in 0..<planes.output {
      for first in stride(from: 0, to: rows.output, by: step) {
        body(slab(plane: plane, rows: first..<min(first + step, rows.output)))
      }
    }
  }

  private func slab(plane: Int, rows outputs: Range<Int>) -> PoolSlab {
    let box = (planes: planes.box(plane..<plane + 1), rows: rows.box(outputs))
    let window = zoo_window(
      input: (Int64(box.planes.count), Int64(box.rows.count), Int64(columns.input)),
      output: (1, Int64(outputs.count), Int64(columns.output)),
      kernel: (Int64(planes.kernel), Int64(rows.kernel), Int64(columns.kernel)),
      stride: (Int64(planes.stride), Int64(rows.stride), Int64(columns.stride)),
      padding_before: (
        Int64(planes.padding(before: plane)), Int64(rows.padding(before: outputs.lowerBound)),
        Int64(columns.padding)
      ),
      counts_padding: countsPadding ? 1 : 0)
    return PoolSlab(
      planes: box.planes, finished: planes.start(plane + 1) - box.planes.lowerBound, window: window,
      first: box.rows.lowerBound * columns.input, plane: rows.input * columns.input,
      count: box.rows.count * columns.input,
      outputFirst: (plane * rows.output + outputs.lowerBound) * columns.output,
      outputCount: outputs.count * columns.output)
  }
}

/// One slab; all counts are voxels.
struct PoolSlab {
  /// Planes of the input.
  let planes: Range<Int>
  /// How many of them no later plane of the output looks at.
  let finished: Int
  /// The same windows, over the slab alone.
  let window: zoo_window
  /// Where the slab's run begins in each plane.
  let first: Int
  /// From one plane to the next.
  let plane: Int
  /// Length of a run.
  let count: Int
  /// Its run of the output.
  let outputFirst: Int
  let outputCount: Int
}
