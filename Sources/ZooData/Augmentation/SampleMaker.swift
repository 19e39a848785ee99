import ZooCore

/// Makes augmented samples, one at a time; holds the memory that this takes, so that nothing is allocated.
final class SampleMaker {
  private let dataset: Dataset
  private let augmentation: Augmentation
  private let view: CubeSymmetry
  private let seed: Seed
  /// The sample's format without a margin.
  private let plain: SampleFormat
  private let field: ElasticField?
  private let scratch: UnsafeMutablePointer<Float>

  init(_ source: BatchSource) {
    (dataset, augmentation) = (source.dataset, source.augmentation)
    (view, seed) = (source.view, source.seed)
    let format = dataset.format
    plain = SampleFormat(
      size: format.size, volumeChannels: format.volumeChannels, mask: format.mask, padding: format.padding)
    field = augmentation.elastic.map { ElasticField(size: format.size, spacing: $0.spacing) }
    scratch = .allocate(capacity: SampleView.scratchCount(of: format))
    scratch.initialize(repeating: 0, count: SampleView.scratchCount(of: format))
  }

  deinit { scratch.deallocate() }

  /// Writes a case's sample of an epoch, [C, D, H, W] floats; `visit` counts how often the case came before in it.
  func write(_ index: Int, epoch: Int, visit: Int, to target: UnsafeMutablePointer<Float>) {
    let root = augmentation.root(of: index, epoch: epoch, visit: visit, seed: seed)
    var geometry = augmentation.geometry(from: root, size: plain.size)
    geometry.turn(by: view)
    let sample = SampleView(target, of: plain, scratch: scratch)
    if geometry.isExact {
      dataset.write(index, geometry.placement, to: target)
    } else {
      resample(index, geometry, to: sample)
    }
    sample.fold(geometry)
    augmentation.applyIntensities(from: root, to: sample)
  }

  private func resample(_ index: Int, _ geometry: Geometry, to sample: SampleView) {
    if let bend = geometry.bend { field?.draw(bend) }
    let bent = geometry.bend == nil ? nil : field
    guard geometry.symmetry != .identity else {
      dataset.crops[index].resample(geometry, bent, to: sample.voxels)
      return
    }
    dataset.crops[index].resample(geometry, bent, to: scratch)
    sample.turn(scratch, by: geometry.symmetry, format: plain)
  }
}
