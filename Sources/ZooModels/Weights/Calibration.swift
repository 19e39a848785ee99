public import ZooCore
public import ZooStatistics

/// What makes a model's probabilities honest, and the threshold for a stated sensitivity; carried in the model's file.
///
/// Fitted on cases that the model did not train on.
public struct Calibration: Hashable, Sendable {
  /// How probabilities are changed.
  public enum Method: Hashable, Sendable {
    /// Logits divided by one number, for any number of classes.
    case temperature(TemperatureScaling)
    /// A logistic curve over the logit, for two classes.
    case platt(PlattScaling)
  }

  /// From which calibrated probability on a case is called positive.
  public struct Threshold: Hashable, Sendable {
    /// The sensitivity that was asked for.
    public let sensitivity: Double
    /// The threshold.
    public let value: Double
    /// Its 95 % interval; within [0, 1], whose ends stand for "not known".
    public let interval: ClosedRange<Double>

    /// A threshold.
    public init(sensitivity: Double, value: Double, interval: ClosedRange<Double>) {
      self.sensitivity = sensitivity
      self.value = value
      self.interval = interval
    }
  }

  /// How probabilities are changed.
  public let method: Method
  /// Cases that it was fitted on.
  public let cases: Int
  /// The threshold; nil if none was asked for.
  public let threshold: Threshold?

  /// A calibration.
  public init(method: Method, cases: Int, threshold: Threshold? = nil) {
    self.method = method
    self.cases = cases
    self.threshold = threshold
  }

  /// A row of k probabilities, calibrated.
  public func probabilities(of row: [Double]) -> [Double] {
    let logits = TemperatureScaling.logits(ofProbabilities: row)
    switch method {
    case .temperature(let scaling): return scaling.probabilities(ofLogits: logits)
    case .platt(let scaling):
      let positive = scaling.probability(of: logits[1] - logits[0])
      return [1 - positive, positive]
    }
  }

  /// One line for people.
  public var summary: String {
    let change =
      switch method {
      case .temperature(let scaling): "temperature \(short(scaling.temperature))"
      case .platt(let scaling):
        "Platt scaling \(short(scaling.slope))·logit \(scaling.intercept < 0 ? "−" : "+") \(short(abs(scaling.intercept)))"
      }
    let limit = threshold.map {
      "; sensitivity \($0.sensitivity) from \(short($0.value)) on (95 % interval \($0.range))"
    }
    return "probabilities calibrated by \(change), fitted on \(cases) held-back cases\(limit ?? "")"
  }
}

extension Calibration.Threshold {
  /// The interval for people; an end that too few cases know is said to be unknown.
  public var range: String {
    let lower = interval.lowerBound > 0 ? short(interval.lowerBound) : "unknown"
    let upper = interval.upperBound < 1 ? short(interval.upperBound) : "unknown"
    return "\(lower) – \(upper)"
  }
}

private func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

extension Calibration {
  /// As it stands in a model's file.
  public var json: JSONValue {
    var values: [String: JSONValue] = ["cases": .number(Double(cases))]
    switch method {
    case .temperature(let scaling):
      values["method"] = "temperature"
      values["temperature"] = .number(scaling.temperature)
    case .platt(let scaling):
      values["method"] = "platt"
      values["slope"] = .number(scaling.slope)
      values["intercept"] = .number(scaling.intercept)
    }
    if let threshold {
      values["sensitivity"] = .number(threshold.sensitivity)
      values["threshold"] = .number(threshold.value)
      values["threshold_interval"] = [
        .number(threshold.interval.lowerBound), .number(threshold.interval.upperBound),
      ]
    }
    return .object(values)
  }

  /// Reads what `json` gives, for a model of so many classes.
  init(_ value: JSONValue, at place: String, classes: Int) throws {
    var object = try JSONObject(value, at: place)
    cases = try object.integer("cases", in: 0...Int(Int32.max))
    if try object.choice("method", of: ["temperature", "platt"]) == "temperature" {
      let number = try object.number("temperature", in: 1e-9...1e9)
      guard let scaling = TemperatureScaling(temperature: number) else {
        throw Problem("wrong value", at: place, expected: "a temperature above 0", found: "\(number)")
      }
      method = .temperature(scaling)
    } else {
      guard classes == 2 else {
        throw Problem("wrong calibration", at: place, expected: "two classes", found: "\(classes)")
      }
      method = .platt(
        PlattScaling(
          slope: try object.number("slope", in: -1e9...1e9),
          intercept: try object.number("intercept", in: -1e9...1e9)))
    }
    if object.value("threshold") != nil {
      let ends = try object.array("threshold_interval").compactMap { value -> Double? in
        if case .number(let end) = value { end } else { nil }
      }
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw Problem("wrong value", at: object.path("threshold_interval"), expected: "[low, high]")
      }
      threshold = Threshold(
        sensitivity: try object.number("sensitivity", in: 0...1),
        value: try object.number("threshold", in: 0...1), interval: ends[0]...ends[1])
    } else {
      threshold = nil
    }
    try object.finish()
  }
}
