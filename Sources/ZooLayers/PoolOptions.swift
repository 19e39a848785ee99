import ZooCore
import ZooGraph

/// What both pooling layers read: `kernel`, `stride` (as long as the kernel where it is left out), `padding`.
struct PoolOptions {
  let kernel: [Int]
  let stride: [Int]
  let padding: Padding

  init(options: inout JSONObject) throws {
    kernel = try options.triple("kernel", in: windowRange, default: 2)
    stride = options.value("stride") == nil ? kernel : try options.triple("stride", in: windowRange)
    padding = try options.padding(default: .valid)
  }
}
