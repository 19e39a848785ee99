import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooTestSupport

/// The real database, where `scripts/lidc-database` has fetched it.
@Suite(
  .serialized,
  .enabled(
    if: LIDCFixture.database != nil, "no database: scripts/lidc-database, or set VOXELZOO_LIDC_DATABASE"))
struct LIDCDatabaseTests {
  @Test func sizesArePylidcs() throws {
    let database = try LIDCDatabase(reading: try #require(LIDCFixture.database))
    let annotations = Dictionary(
      uniqueKeysWithValues: database.scans.flatMap(\.annotations).map { ($0.id, $0) })
    #expect(database.scans.count == 1018)
    #expect(annotations.count == 6859)
    let reference = try LIDCFixture.table("sizes")
    #expect(reference.rows.count >= 200)
    let ours = try reference.column("id").map { try #require(Int($0).flatMap { annotations[$0] }) }
    expectClose(ours.map(\.volume), try reference.numbers("volume"), relative: 1e-8, "volume")
    expectClose(ours.map(\.diameter), try reference.numbers("diameter"), relative: 1e-8, "diameter")
  }

  @Test func groupsHoldEveryAnnotationOnce() throws {
    let nodules = try LIDCDatabase(reading: try #require(LIDCFixture.database)).nodules()
    let ids = nodules.flatMap { $0.annotations.map(\.id) }
    #expect(ids.count == 6859)
    #expect(Set(ids).count == 6859)
    #expect(nodules.allSatisfy { (1...4).contains($0.annotations.count) })
    #expect(Set(nodules.map(\.name)).count == nodules.count)
    // pylidc's own clustering, whose distance is in pixels and slices instead of mm, finds 2,651.
    #expect((2600...2700).contains(nodules.count))
  }

  @Test func theDataSetIsSound() throws {
    let scratch = try ScratchFolder()
    let out = scratch("lidc")
    let summary = try LIDCBuilder().build(from: try #require(LIDCFixture.database), to: out)
    #expect((1500...1650).contains(summary.labelled))
    expectClose(summary.positiveShare, 0.37, absolute: 0.02)

    let check = try DatasetCheck(of: out)
    #expect(check.isSound, "\(check)")
    #expect(check.parts.map(\.files) == [summary.train, summary.test])
    expectClose(Double(summary.test) / Double(summary.labelled), 0.2, absolute: 0.05)

    let tables = try ["train_val.csv", "test_labels.csv"].map { try CSVTable(reading: "\(out)/\($0)") }
    let volumes = try tables.flatMap { try $0.numbers("volume_mm3") }
    let labels = try tables.flatMap { try $0.numbers("label") }.map { Int($0) }
    expectClose(pairwiseAUC(volumes, labels), 0.884, absolute: 0.01, "AUC of volume alone")
  }
}
