/// The frame that TensorFlow puts around each record of a file: its length, and check sums of the length and of the record.
public enum TFRecord {
  /// A record in its frame: u64 length, its sum, the bytes, their sum; all little-endian.
  public static func framed(_ bytes: [UInt8]) -> [UInt8] {
    let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
    return length + masked(length) + bytes + masked(bytes)
  }

  /// A check sum, turned and shifted: sums of sums would be weak.
  private static func masked(_ bytes: [UInt8]) -> [UInt8] {
    let sum = CRC32C.sum(bytes)
    let masked = (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    return withUnsafeBytes(of: masked.littleEndian) { Array($0) }
  }
}
