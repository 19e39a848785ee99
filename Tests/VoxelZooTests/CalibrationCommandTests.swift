import Foundation
import Testing
import ZooCore

/// A calibration and its threshold from the run that they are fitted on to the cases that they decide.
@Suite struct CalibrationCommandTests {
  private func object(_ text: String) throws -> [String: JSONValue] {
    guard case .object(let values) = try JSONValue(parsing: text.utf8, from: "output") else { return [:] }
    return values
  }

  @Test func aThresholdDecides() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    _ = try workshop.output(
      "train", "./tiny.json", "--data", "demo", "--out", "cv", "--folds", "3", "--epochs", "8", "--batch",
      "8",
      "--seed", "1")
    let folder = try workshop.run("export", "cv", "--calibration", "platt", "--out", "x.safetensors")
    #expect(folder.status == 1 && folder.errors.contains("cv/fold1"), "\(folder.errors)")
    let exported = try workshop.run(
      "export", "cv/fold1", "--calibration", "platt", "--sensitivity", "0.8", "--out", "a.safetensors")
    #expect(
      exported.status == 0 && exported.errors.contains("predictions of all 3 folds"), "\(exported.errors)")
    let cases = try workshop.read("cv/oof.csv").split(separator: "\n").count - 1
    #expect(exported.errors.contains("fitted on \(cases) held-back cases"))

    let said = try workshop.run("predict", "--weights", "a.safetensors", "--data", "demo", "--out", "p.csv")
    #expect(said.status == 0 && said.errors.contains("called class 1"), "\(said.errors)")
    #expect(try workshop.read("p.csv").hasPrefix("name,predicted\n"))
    let predict = ["predict", "--data", "demo", "--out", "p.csv", "--json"]
    let values = try object(workshop.output(predict + ["--weights", "a.safetensors"]))
    guard case .object(let threshold) = values["threshold"], case .number(let limit) = threshold["value"],
      case .array(let rows) = values["predictions"]
    else {
      Issue.record("\(values)")
      return
    }
    #expect(threshold["sensitivity"] == 0.8 && !rows.isEmpty)
    for case .object(let row) in rows {
      guard case .array(let probabilities) = row["probabilities"], case .number(let p) = probabilities[1]
      else {
        Issue.record("\(row)")
        continue
      }
      #expect(row["called"] == .number(p >= limit ? 1 : 0))
    }

    // A mean of models has no threshold, nor has a model without one; Keras' file has no place for any of it.
    let two = try workshop.run(
      "predict", "--weights", "a.safetensors", "--weights", "cv/fold2", "--data", "demo", "--out", "p.csv")
    #expect(two.status == 0 && two.errors.contains("thresholds are left out"), "\(two.errors)")
    let plain = try object(workshop.output(predict + ["--weights", "cv/fold2"]))
    #expect(plain["threshold"] == .null)
    let keras = try workshop.run("export", "a.safetensors", "--format", "h5", "--out", "a.h5", "--json")
    #expect(keras.status == 0 && keras.errors.contains("is left out"), "\(keras.errors)")
    #expect(try object(keras.output)["calibration"] == .null)
  }
}
