import Foundation
import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooTracking
import ZooTraining

/// The bytes of what scripts/fixtures/event_files.py has written with TensorBoard's own writer.
@Test func eventsAreTensorBoardsOwnToTheByte() throws {
  let values: [Float] = [-1, -0.5, 0, 0.5, 1, 3, 3]
  let histogram = try #require(values.withUnsafeBufferPointer { Histogram($0, bins: 4) })
  let hyperparameters = Hyperparameters(
    values: ["batch": 32, "balanced": true, "optimizer": "adam"])
  let contents: [(step: Int, content: TensorBoardEvent.Content)] = [
    (0, .version), (300, .start),
    (
      301,
      .summary([
        try TensorBoardValue("loss/step", .scalar(0.693147)),
        try TensorBoardValue("auc/validation", .scalar(-1e-30)),
      ])
    ),
    (70_000, .summary([try TensorBoardValue("weights/stem.weight", .histogram(histogram))])),
    (
      0,
      .summary([
        try TensorBoardValue(
          "_hparams_/session_start_info", .hyperparameters(hyperparameters.start(at: 1_700_000_000.25)))
      ])
    ),
  ]
  let bytes = contents.flatMap { step, content in
    TFRecord.framed(TensorBoardEvent(wallTime: 1_700_000_000.25, step: step, content).message.bytes)
  }
  let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/tensorboard/events.tfrecord")
  #expect(try bytes == Array(Data(contentsOf: fixture)))
}
